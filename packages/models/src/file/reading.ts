import { describe } from '@facet/tensor/checks'

/**
 * Reads a value of JSON that anybody may have written. `place` is where it stands: `facet.training: state.epochs[3]`.
 *
 * @throws TypeError naming the place, what was expected there and what was found.
 */
export type Reader<T> = (value: unknown, place: string) => T

/** Longer texts are cut in messages. */
const longest = 60

function refuse(place: string, expected: string, value: unknown): never {
  const told = value === undefined ? 'nothing' : describe(value)
  const found = told.length > longest ? `${told.slice(0, longest)}…` : told
  throw new TypeError(`${place}: expected ${expected}, found ${found}`)
}

/** What `holds` says yes to. */
const readerOf =
  <T>(expected: string, holds: (value: unknown) => boolean): Reader<T> =>
  (value, place) =>
    holds(value) ? (value as T) : refuse(place, expected, value)

export const aTextField = readerOf<string>('a text', (value) => typeof value === 'string')

export const aFlag = readerOf<boolean>('true or false', (value) => typeof value === 'boolean')

export const aWhole = readerOf<number>(
  'a whole number of at least 0',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
)

export const oneOfTexts = <const T extends string>(texts: readonly T[]): Reader<T> =>
  readerOf(`one of ${texts.join(', ')}`, (value) => (texts as readonly unknown[]).includes(value))

/** Numbers that JSON does not have, by their names in `{ "number": … }`. */
const special = ['NaN', 'Infinity', '-Infinity', '-0']

/** A number, or one that JSON does not have, as {@link writeNumber} writes it. */
export const aNumberField: Reader<number> = (value, place) => {
  if (typeof value === 'number') return value
  const isCoded = isObject(value) && Object.keys(value).join() === 'number'
  const name = isCoded ? value.number : undefined
  return special.includes(name as string)
    ? Number(name)
    : refuse(place, `a number, or { number } among ${special.join(', ')}`, value)
}

/** For `JSON.stringify`: every double comes back bit for bit through {@link aNumberField}. */
export function writeNumber(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value
  return { number: Object.is(value, -0) ? '-0' : String(value) }
}

export const listOf =
  <T>(item: Reader<T>): Reader<T[]> =>
  (value, place) =>
    Array.isArray(value)
      ? value.map((entry, i) => item(entry, `${place}[${i}]`))
      : refuse(place, 'a list', value)

/** Any names, values of one kind. */
export const recordOf =
  <T>(item: Reader<T>): Reader<Record<string, T>> =>
  (value, place) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, entry]) => [name, item(entry, `${place}.${name}`)]),
        )
      : refuse(place, 'fields', value)

/** A field that need not be there. */
export const orNothing =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : reader(value, place)

/** A field that is `null` where there is nothing. */
export const orNull =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value, place) =>
    value === null ? null : reader(value, place)

/** These names and no others. */
export const fields =
  <T>(readers: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> =>
  (value, place) => {
    const names = Object.keys(readers)
    if (!isObject(value)) return refuse(place, `fields (${names.join(', ')})`, value)
    const stranger = Object.keys(value).find((name) => !names.includes(name))
    if (stranger !== undefined) refuse(place, `fields among ${names.join(', ')}`, stranger)
    const read = names.map((name) => {
      const found = Object.hasOwn(value, name) ? value[name] : undefined
      return [name, readers[name as keyof T](found, `${place}.${name}`)] as const
    })
    return Object.fromEntries(read.filter(([, entry]) => entry !== undefined)) as T
  }

/** The value of a text of JSON. */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuse(place, 'JSON', text)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
