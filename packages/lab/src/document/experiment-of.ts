import { resolve } from 'node:path'
import { type Definition, documentSchema } from '../fields/definition.ts'
import type { Content, Fields } from '../fields/field.ts'
import { tooManyJobs } from '../fields/job-count.ts'
import type { FieldPath, Problem } from '../fields/problem.ts'
import type { Experiment } from '../studies/studies.ts'
import { didYouMean } from '../text/nearest.ts'

export type Checked =
  | {
      readonly experiment: Experiment
      /** What a person is to be told of it. */
      readonly notes: readonly string[]
      readonly problems?: undefined
    }
  | {
      readonly problems: readonly Problem[]
      /** How many there are beside those. */
      readonly more: number
    }

/** So many problems are told in full: nobody reads 7,000. */
const mostTold = 20

/** A problem whose field may be unknown. */
type Found = Problem & { readonly key: string | null }

interface Shaped {
  readonly def: {
    readonly shape?: Readonly<Record<string, Shaped>>
    readonly innerType?: Shaped
    readonly in?: Shaped
  }
  meta?(): { readonly alias?: boolean } | undefined
}

/** The fields that may stand at a path, but for other names of them. */
function knownFields(schema: Shaped, path: FieldPath): string[] {
  let here: Shaped | undefined = schema
  for (const step of [...path, null]) {
    while (here && !here.def.shape) here = here.def.innerType ?? here.def.in
    const shape: Readonly<Record<string, Shaped>> | undefined = here?.def.shape
    if (shape === undefined) return []
    if (step === null) return Object.keys(shape).filter((name) => shape[name].meta?.()?.alias !== true)
    here = Object.hasOwn(shape, step) ? shape[step] : undefined
  }
  return []
}

function unknownField(schema: Shaped, path: FieldPath, key: string): Problem {
  const known = knownFields(schema, path)
  return {
    path: [...path, key],
    message: `unknown field${didYouMean(key, known)}; known: ${known.join(', ')}`,
    ofName: true,
  }
}

/** Folders of a document are beside it. */
const withFolders = (fields: Fields, content: Content, base: string): Content => ({
  ...content,
  ...Object.fromEntries(
    Object.entries(fields)
      .filter(([name, { isFolder }]) => isFolder && typeof content[name] === 'string')
      .map(([name]) => [name, resolve(base, content[name] as string)]),
  ),
})

/**
 * The experiment that the fields of a document or the flags of a command describe, or all that is wrong with them.
 *
 * @param base folder that relative folders are in
 */
export function experimentOf(definition: Definition, content: Content, base: string): Checked {
  const { document, documentAliases, fields } = definition
  const schema = documentSchema(document, documentAliases, fields)
  const own = withFolders(fields, content, base)
  const { content: whole, notes } = definition.expanded?.(own) ?? { content: own, notes: [] }
  const result = schema.safeParse(whole)
  if (!result.success) {
    const found = result.error.issues.flatMap((issue): Found[] => {
      const path = issue.path as FieldPath
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [null]
      return unknown.map((key) => ({ path, message: issue.message, key }))
    })
    const problems = found
      .slice(0, mostTold)
      .map(({ path, message, key }) =>
        key === null ? { path, message } : unknownField(schema as unknown as Shaped, path, key),
      )
    return { problems, more: found.length - problems.length }
  }
  const { experiment: _, ...filled } = result.data
  const settings = definition.settings(filled as never)
  const tooMany = tooManyJobs(definition.countJobs(settings))
  if (tooMany !== null) return { problems: [{ path: ['experiment'], message: tooMany }], more: 0 }
  return { experiment: { experiment: document, settings } as Experiment, notes }
}
