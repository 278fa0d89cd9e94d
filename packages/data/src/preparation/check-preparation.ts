import { describe } from '@facet/tensor/checks'
import type { Normaliser } from '../normaliser.ts'
import {
  lengthRules,
  missingRules,
  type Preparation,
  preparedLength,
  rowsAreSeries,
  type Window,
} from './preparation.ts'

/** The most numbers of a model's input: a file may ask for any, and each row is made this long. */
const MOST_LENGTH = 2 ** 20

type Fields = Readonly<Record<string, unknown>>

function fail(field: string, expected: string, got: unknown): never {
  throw new Error(`preparation: ${field}: expected ${expected}, got ${describe(got)}`)
}

/** Own fields alone: an object out of JSON may have one of the name `__proto__`. */
function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(field, 'an object', value)
  return Object.assign(Object.create(null), value)
}

function countIn(value: unknown, field: string, least: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= MOST_LENGTH) {
    return value as number
  }
  return fail(field, `an integer from ${least} to ${MOST_LENGTH}`, value)
}

function numberIn(value: unknown, field: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(field, 'a finite number', value)
}

function listIn<T>(
  value: unknown,
  field: string,
  length: number,
  of: (value: unknown, field: string) => T,
): T[] {
  if (!Array.isArray(value)) return fail(field, `a list of ${length}`, value)
  if (value.length !== length) return fail(field, `a list of ${length}`, value)
  // `map` leaves holes out, which JSON has none of; a value that was made by hand may.
  return Array.from(value, (one, i) => of(one, `${field}[${i}]`))
}

function nameIn<N extends string>(value: unknown, field: string, names: readonly N[]): N {
  return names.includes(value as N) ? (value as N) : fail(field, `one of ${names.join(', ')}`, value)
}

const textIn = (value: unknown, field: string): string =>
  typeof value === 'string' ? value : fail(field, 'a text', value)

const positiveIn = (value: unknown, field: string): number => {
  const number = numberIn(value, field)
  return number > 0 ? number : fail(field, 'a number above 0', number)
}

function windowIn(value: unknown): Window | null {
  if (value === null) return null
  const { length, stride } = fieldsOf(value, 'window')
  return { length: countIn(length, 'window.length', 2), stride: countIn(stride, 'window.stride', 1) }
}

function lengthsIn(value: unknown): Preparation['lengths'] {
  const fields = fieldsOf(value, 'lengths')
  const rule = nameIn(fields.rule, 'lengths.rule', lengthRules)
  return rule === 'refuse' ? { rule } : { rule, length: countIn(fields.length, 'lengths.length', 2) }
}

/** One row per kind, by the numbers of an input. */
const normalisers: {
  readonly [K in Normaliser['kind']]: (fields: Fields, length: number) => Extract<Normaliser, { kind: K }>
} = {
  none: () => ({ kind: 'none' }),
  series: () => ({ kind: 'series' }),
  columns: ({ means, deviations }, length) => ({
    kind: 'columns',
    means: listIn(means, 'normaliser.means', length, numberIn),
    deviations: listIn(deviations, 'normaliser.deviations', length, positiveIn),
  }),
  range({ low, high }) {
    const [from, to] = [numberIn(low, 'normaliser.low'), numberIn(high, 'normaliser.high')]
    return to > from
      ? { kind: 'range', low: from, high: to }
      : fail('normaliser.high', `a number above ${from}`, to)
  },
}

/**
 * Checks a preparation that comes out of a file, JSON of anyone.
 *
 * @returns a copy with the known fields alone
 * @throws Error naming the field that is wrong
 * @example
 * const text =
 *   '{"columns":null,"width":3,"missing":{"rule":"drop"},"lengths":{"rule":"refuse"},"window":null,"normaliser":{"kind":"series"}}'
 * const preparation = checkPreparation(JSON.parse(text))
 * preparedLength(preparation) // 3
 */
export function checkPreparation(value: unknown): Preparation {
  const fields = fieldsOf(value, 'preparation')
  const width = countIn(fields.width, 'width', 1)
  const columns = fields.columns === null ? null : listIn(fields.columns, 'columns', width, textIn)
  const window = windowIn(fields.window)
  const lengths = lengthsIn(fields.lengths)
  if (window !== null && lengths.rule !== 'refuse')
    fail('lengths.rule', 'refuse, with a window', lengths.rule)
  const shape = { columns, width, window, lengths }
  const length = preparedLength(shape)
  if (length > MOST_LENGTH) fail('window', `windows of at most ${MOST_LENGTH} numbers`, length)
  const own = fieldsOf(fields.normaliser, 'normaliser')
  const kind = nameIn(own.kind, 'normaliser.kind', Object.keys(normalisers) as Normaliser['kind'][])
  const normaliser = normalisers[kind](own, length)
  const missing = fieldsOf(fields.missing, 'missing')
  const rule = nameIn(missing.rule, 'missing.rule', missingRules)
  if (rule !== 'mean' && rule !== 'median') return { ...shape, missing: { rule }, normaliser }
  const filled = rowsAreSeries({ ...shape, normaliser }) ? 0 : width
  const fill = listIn(missing.fill, 'missing.fill', filled, numberIn)
  return { ...shape, missing: { rule, fill }, normaliser }
}
