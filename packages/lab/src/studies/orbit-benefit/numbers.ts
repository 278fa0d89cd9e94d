import type { PValue } from '../../text/paired-tests.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'

/** `−23.1 %`, `+0.4 %`. */
export const signedPercent = (share: number): string => {
  const size = (100 * Math.abs(share)).toFixed(1)
  return `${Number(size) === 0 ? '' : share < 0 ? '−' : '+'}${size} %`
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** `0.008`, `< 0.001`; `–` where there is none. */
export const pText = (p: PValue): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3))

/** Decimals of an error × 100: two, and more where they would leave less than two digits of it. */
const decimalsOf = (error: number): number =>
  error > 0 ? Math.max(2, 1 - Math.floor(Math.log10(100 * error))) : 2

/** `23.39`, `0.0041`. */
export const errorText = (error: number): string => (100 * error).toFixed(decimalsOf(error))

/** `23.39 ± 0.31`; without a spread for one value, `failed` for none. */
export function errorsText(errors: readonly number[]): string {
  if (errors.length === 0) return 'failed'
  const centre = mean(errors)
  const spread = standardDeviation(errors)
  return spread === null
    ? errorText(centre)
    : `${errorText(centre)} ± ${(100 * spread).toFixed(decimalsOf(centre))}`
}
