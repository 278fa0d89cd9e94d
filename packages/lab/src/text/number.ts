import type { PValue } from './paired-tests.ts'
import { mean, standardDeviation } from './statistics.ts'

/** What stands where there is no number. */
export const none = '–'

/** `toFixed` takes no more: a number below 1e-100 is written as 0. */
const mostDecimals = 100

/** `1 epoch`, `30 epochs`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `12,690`. */
export const grouped = (count: number): string => count.toLocaleString('en-US')

/** The shortest decimal that is read back as the same float32: 0.1, not 0.10000000149011612. */
export function shortest(value: number): number {
  for (const digits of [6, 7, 8]) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return Number(value.toPrecision(9))
}

/** A number in four digits for a table; `–` for none. */
export const fourDigits = (value: number | null): string =>
  value === null ? none : String(Number(value.toPrecision(4)))

/** Two significant digits, never in exponent form: `0.0064`, `0.11`, `6.0`; `–` for what is not finite. */
export function twoDigits(value: number): string {
  if (!Number.isFinite(value)) return none
  const magnitude = Math.log10(Number(value.toPrecision(2)) || 1)
  return value.toFixed(Math.min(mostDecimals, Math.max(0, 1 - Math.floor(magnitude))))
}

/** Errors are told in hundredths, as the paper does. */
export const hundredths = (value: number): string => (100 * value).toFixed(2)

/** `−0.31`, `+1.20`, and no sign where all digits are 0. */
const signed = (value: number, size: string): string =>
  `${Number(size) === 0 ? '' : value < 0 ? '−' : '+'}${size}`

/** `+1.20`, `−0.31` in hundredths, and `0.00` where that is what is left of it. */
export const signedHundredths = (value: number): string => signed(value, hundredths(Math.abs(value)))

/** `25.3 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** `−23.1 %`, `+0.4 %`. */
export const signedPercent = (share: number): string =>
  `${signed(share, (100 * Math.abs(share)).toFixed(1))} %`

/** `0.008`, `< 0.001`; `–` where there is none. */
export const pText = (p: PValue): string => (p === null ? none : p < 0.001 ? '< 0.001' : p.toFixed(3))

type Decimals = (error: number) => number

const two: Decimals = () => 2

/** Two, and more where they would leave less than two digits of an error × 100. */
const asNeeded: Decimals = (error) =>
  error > 0 ? Math.min(mostDecimals, Math.max(2, 1 - Math.floor(Math.log10(100 * error)))) : 2

function spreadText(errors: readonly number[], decimals: Decimals, empty: string): string {
  if (errors.length === 0) return empty
  const centre = mean(errors)
  const spread = standardDeviation(errors)
  const told = (error: number): string => (100 * error).toFixed(decimals(centre))
  return spread === null ? told(centre) : `${told(centre)} ± ${told(spread)}`
}

/** `39.12 ± 2.10` in hundredths; without a spread for one value, `–` for none. */
export const meanAndSpread = (errors: readonly number[]): string => spreadText(errors, two, none)

/** `23.39` in hundredths, `0.0041` where two decimals would say too little. */
export const errorText = (error: number): string => (100 * error).toFixed(asNeeded(error))

/** `23.39 ± 0.31`, `0.0041 ± 0.0002`; without a spread for one value, `failed` for none. */
export const errorsText = (errors: readonly number[]): string => spreadText(errors, asNeeded, 'failed')

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
