import { fail, type Source, shown } from '../samples/source.ts'
import type { Fields } from './fields.ts'
import { parseNumber } from './parse-number.ts'

/** The whole number in the field, within 32 bits, or null. `1.0000000e+00` is one. */
export function wholeLabel(bytes: Uint8Array, { start, end }: Fields): number | null {
  const value = parseNumber(bytes, start, end)
  return value === (value | 0) ? value | 0 : null
}

/**
 * The rest of the fields as numbers, into `row`. The line must have been seen to have as many.
 *
 * @param name of value i in errors
 * @throws naming the line and the value that is no finite number
 */
export function readNumbers(
  source: Source,
  line: number,
  bytes: Uint8Array,
  fields: Fields,
  row: Float64Array,
  name: (i: number) => string = (i) => `value ${i + 1}`,
): void {
  for (let i = 0; fields.next(); i++) {
    row[i] = finiteNumber(source, line, bytes, fields, () => name(i))
  }
}

/** Larger numbers round to infinity in float32, in which models are computed. */
export const LARGEST = 2 ** 128 * (1 - 2 ** -25)

/** Whether a number is finite in float32 too. */
export const isUsable = (value: number): boolean => Math.abs(value) < LARGEST

/** The number in the field. @throws naming the line and `name` if it is none, or larger than models can be given */
export function finiteNumber(
  source: Source,
  line: number,
  bytes: Uint8Array,
  fields: Fields,
  name: () => string,
): number {
  const value = parseNumber(bytes, fields.start, fields.end)
  if (isUsable(value)) return value
  const { text } = fields
  const missing = text === '?' ? '; ? stands for a missing value, which is not filled in' : ''
  const comma = /^[+-]?\d*,\d+$/.test(text) ? '; decimals are written with a point, 1.5' : ''
  return fail(
    source,
    `line ${line}`,
    `${name()}: expected a finite number, got ${shown(text)}${missing}${comma}`,
  )
}
