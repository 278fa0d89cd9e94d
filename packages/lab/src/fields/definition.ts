import * as z from 'zod'
import { type Content, type Fields, type Filled, shapeOf } from './field.ts'
import { oneOf } from './fields.ts'
import type { JobCount } from './job-count.ts'

/** A document with what is filled in before the defaults. */
export interface Expanded {
  readonly content: Content
  /** What a person is to be told of it, a line each. */
  readonly notes: readonly string[]
}

/** What is the same for every experiment: its names, its fields, and the way from a document to settings and back. */
export interface Definition<N extends string = string, S = unknown> {
  /** `experiment:` of its documents. */
  readonly document: N
  /** What earlier releases called it there; the last that wrote it first. */
  readonly documentAliases: readonly string[]
  /** `--study` on the command line. */
  readonly flag: string
  readonly flagAliases: readonly string[]
  /** The words after `facet` that run it. */
  readonly command: string
  readonly fields: Fields
  /** Fills in what other fields, and the data that they name, say of a document: before the defaults. */
  expanded?(content: Content): Expanded
  /** Settings from a document of which every field is filled in. */
  settings(document: never): S
  /** The document of settings: every field that it needs. */
  content(settings: S): Content
  countJobs(settings: S): JobCount
}

/** A definition whose ways between document and settings fit its fields. */
export const define = <const N extends string, F extends Fields, S>(
  definition: Omit<Definition<N, S>, 'fields' | 'settings'> & {
    readonly fields: F
    settings(document: Filled<F>): S
  },
): Definition<N, S> => definition as unknown as Definition<N, S>

/** What checks the document of an experiment, named as it is or as it was, and fills in the defaults. */
export const documentSchema = (
  name: string,
  aliases: readonly string[],
  fields: Fields,
): z.ZodType<Content> => {
  const shape = {
    experiment: oneOf([name], Object.fromEntries(aliases.map((alias) => [alias, name]))),
    ...shapeOf(fields),
  }
  return z.strictObject(shape) as unknown as z.ZodType<Content>
}
