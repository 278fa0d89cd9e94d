import { describe } from '@facet/tensor/checks'
import type * as z from 'zod'
import type { ReadText } from './read-text.ts'
import { readingOf } from './reading.ts'
import { SettingError } from './setting-error.ts'

/** Fields of a document, by name. */
export type Content = Readonly<Record<string, unknown>>

/** What the command line says of a field. */
export interface Flag {
  /** `<n>`. */
  readonly argument: string
  readonly help: string
  readonly read: ReadText
  /** What a text adds to the fields given before, where it is more than this field's value. @throws SettingError */
  readonly into?: (text: string, before: Content) => Content
}

/** One setting: what it may be, what it is where nobody says, and what its flag and its help are. All is said here once. */
export interface Field<T = unknown> {
  /** Checks a value and fills in the default. */
  readonly schema: z.ZodType<T>
  /** Checks a value that has to be there. */
  readonly required: z.ZodType<T>
  /** What the field is where nobody says; `undefined` where that depends on the data. */
  readonly default: T | undefined
  /** The default as help shows it; `null` for one that needs no words. */
  readonly shown: string | null
  /** `null` for a field that documents alone have. */
  readonly flag: Flag | null
  /** Whether it is a folder, relative to the document that names it. */
  readonly isFolder: boolean
}

export type Fields = Readonly<Record<string, Field>>

/** What a document says when all its fields are filled in. */
export type Filled<F extends Fields> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never }

interface FieldWords<T> {
  readonly default?: T
  /** For the flag; without it the field is one of documents alone. */
  readonly help?: string
  /** Default: as the kind of value has it, such as `<n>` for a whole number. */
  readonly argument?: string
  /** Default: as the kind of value is written, a list with commas. */
  readonly read?: ReadText
  readonly into?: Flag['into']
  /** Default: the default as it is written. */
  readonly shown?: string
  readonly isFolder?: boolean
}

/**
 * A field of a document, with its default, its flag and its help.
 *
 * @param kind what a value may be: one of `fields.ts`
 */
export function field<S extends z.ZodType>(
  kind: S,
  words: FieldWords<z.output<S>> & { readonly default: z.output<S> },
): Field<z.output<S>> & { readonly default: z.output<S> }
export function field<S extends z.ZodType>(kind: S, words: FieldWords<z.output<S>>): Field<z.output<S>>
export function field<S extends z.ZodType>(kind: S, words: FieldWords<z.output<S>>): Field<z.output<S>> {
  const { default: usual, help, into, shown, isFolder = false } = words
  const required = kind as unknown as z.ZodType<z.output<S>>
  const reading = readingOf(kind)
  return {
    required,
    schema:
      usual === undefined
        ? required
        : (required.default(usual as never) as unknown as z.ZodType<z.output<S>>),
    default: usual,
    shown: shown ?? (usual === undefined || usual === null ? null : String(usual)),
    flag:
      help === undefined
        ? null
        : {
            argument: words.argument ?? reading.argument,
            help,
            read: words.read ?? reading.read,
            ...(into && { into }),
          },
    isFolder,
  }
}

/** The defaults of fields that have one. */
export const defaultsOf = <F extends Fields>(fields: F): Filled<F> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, { default: usual }]) => usual !== undefined)
      .map(([name, { default: usual }]) => [name, Array.isArray(usual) ? [...usual] : usual]),
  ) as Filled<F>

/** The schemas of fields, for an object of them: with the defaults, or without. */
export const shapeOf = <F extends Fields>(
  fields: F,
  which: 'schema' | 'required' = 'schema',
): { [K in keyof F]: F[K]['schema'] } =>
  Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one[which]])) as {
    [K in keyof F]: F[K]['schema']
  }

/** A value as a field has it. @throws SettingError in the field's words. */
export function checkedAs<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new SettingError([name], result.error.issues[0].message)
}

/** What the text of a flag adds to the fields given before. @throws SettingError that names the flag. */
export function readFlag(fields: Fields, name: string, text: string, before: Content): Content {
  const { flag, required } = fields[name]
  if (flag === null) throw new Error(`readFlag: expected a field with a flag, got ${describe(name)}`)
  return flag.into?.(text, before) ?? { ...before, [name]: checkedAs(name, required, flag.read(text)) }
}
