import type { Calibration } from './calibration.ts'
import { countBelow, expectErrors, type Numbers } from './errors.ts'

/**
 * Split-conformal p-values of new rows (`docs/mathematics.md 10.1`): of n calibrating errors and the row's own the share that is at least as large,
 * (1 + #{calibrating errors ≥ e}) / (n + 1). For a row like the held-out ones P(p ≤ α) ≤ α. All rows share the calibrating errors, so that their p-values
 * rise and fall together.
 *
 * @param errors in any order; NaN has the p-value NaN, and 1 is that of every other error where nothing calibrates
 * @throws TypeError or RangeError for what is no list of numbers of at least 0.
 * @example
 * pValues(calibrate([1, 2, 3]), [0.5, 2, 9]) // [1, 0.75, 0.25]
 */
export function pValues({ errors: ascending }: Calibration, errors: Numbers): Float64Array {
  expectErrors('pValues', errors)
  const n = ascending.length
  return Float64Array.from(errors, (error) =>
    Number.isNaN(error) ? Number.NaN : (1 + n - countBelow(ascending, error)) / (n + 1),
  )
}

/** The largest count with count / (n + 1) ≤ α, as p-values of n calibrating errors are compared with α: without a rounding of their own. */
export function countWithin(alpha: number, n: number): number {
  let count = Math.floor(alpha * (n + 1))
  while (count > 0 && count / (n + 1) > alpha) count--
  while ((count + 1) / (n + 1) <= alpha) count++
  return count
}
