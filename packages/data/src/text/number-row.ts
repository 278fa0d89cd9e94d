import type { FloatDType } from '../dataset.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { isMissing } from '../table/missing-marks.ts'
import type { Fields, Separator } from './fields.ts'
import { hintOf } from './hint.ts'
import { parseNumber } from './parse-number.ts'

/** The whole number in the field, within 32 bits, or null. `1.0000000e+00` is one. */
export function wholeLabel(bytes: Uint8Array, { start, end }: Fields): number | null {
  const value = parseNumber(bytes, start, end)
  return value === (value | 0) ? value | 0 : null
}

/** Numbers from here on round to infinity in float32, in which models are computed. */
const BEYOND_FLOAT32 = 2 ** 128 * (1 - 2 ** -25)

/** What the numbers of a file must be below: float64 has larger ones for those who ask for it. @param dtype that was asked for */
export const boundOf = (dtype: FloatDType | undefined): number =>
  dtype === 'float64' ? Number.POSITIVE_INFINITY : BEYOND_FLOAT32

/** The number in the field. @throws naming the line and `name` if it is none, or not below the bound. @param bound see {@link boundOf} */
export function finiteNumber(
  source: Source,
  line: number,
  bytes: Uint8Array,
  fields: Fields,
  name: () => string,
  bound: number,
): number {
  const value = parseNumber(bytes, fields.start, fields.end)
  return Math.abs(value) < bound ? value : noNumber(source, line, name(), value, fields.text)
}

/** Why a finite number is refused, after what was got. */
export const largeHint = (value: number): string =>
  Number.isFinite(value) ? '; it is too large for float32, in which models are computed' : ''

/** That a text stands for a missing value, after what was got. */
export const missingHint = (text: string): string =>
  `; ${text === '' ? 'an empty field' : shown(text).slice(1, -1)} stands for a missing value`

/** @throws always: what the text looks like and what to do. @param value what `parseNumber` made of it @param about instead of what the text looks like */
export function noNumber(
  source: Source,
  line: number,
  name: string,
  value: number,
  text: string,
  separator?: Separator,
  about: string | null = null,
): never {
  if (!Number.isNaN(value)) {
    const hint = Number.isFinite(value) ? largeHint(value) : '; it is too large for float64'
    const got = `${shown(text)}${hint}`
    return fail(source, `line ${line}`, `${name}: expected a finite number, got ${got}`)
  }
  const hint = isMissing(text)
    ? `${missingHint(text)}, which is not filled in`
    : (about ?? hintOf(text, separator))
  return fail(source, `line ${line}`, `${name}: expected a finite number, got ${shown(text)}${hint}`)
}
