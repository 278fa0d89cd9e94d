import { ascendingOf, expectErrors, medianOf, type Numbers } from './errors.ts'

/**
 * What the errors of held-out rows say of others: the base of p-values and alarms. Rows beyond a robust fence do not calibrate, so that a few odd ones
 * do not move it.
 */
export interface Calibration {
  /** Errors of the rows that calibrate, ascending. */
  readonly errors: Float64Array
  /** Held-out rows beyond the fence. */
  readonly fenced: number
  /** Median of the logarithms of all held-out errors; NaN where there are none. */
  readonly centre: number
  /** 1.4826 · the median distance of those logarithms from their median; NaN where there are none. */
  readonly spread: number
}

/** The median distance from the median of a normal law, times this, is its standard deviation: 1 / Φ⁻¹(3/4). */
export const normalSpread = 1.4826

/**
 * Spreads above the median of the logarithms at which the fence stands, for many rows: docs/decisions/0045. Lower fences cut the tails of clean errors
 * and raise the share of false alarms, higher ones let odd rows in.
 */
const fenceSpreads = 4

/** A spread of few rows is often too small by half: the fence of n rows is 1 + 5/n times as far. */
const fewRows = 5

/** No logarithm is infinite, so that medians are numbers: 0 is the smallest number there is, ∞ the largest. */
export const logOf = (error: number): number =>
  Math.log(Math.min(Math.max(error, Number.MIN_VALUE), Number.MAX_VALUE))

/**
 * Learns from the errors of held-out rows. Those whose logarithm is more than 4 (1 + 5/n) spreads above the median of all n do not calibrate, and are
 * counted (`docs/mathematics.md 10.1`); where more than half of the errors are equal there is no spread, and no fence. An infinite error is beyond every
 * fence. NaN is a row without an error: as if it were not there.
 *
 * @param errors of rows that were not trained on, n ≥ 0, in any order
 * @throws TypeError or RangeError for what is no list of numbers of at least 0.
 * @example
 * const { errors, fenced } = calibrate([0.9, 1, 1.1, 1.2, 0.8, 1, 500])
 * errors // [0.8, 0.9, 1, 1, 1.1, 1.2]
 * fenced // 1
 */
export function calibrate(errors: Numbers): Calibration {
  expectErrors('calibrate', errors)
  const all = ascendingOf(errors)
  const logs = all.map(logOf)
  const centre = medianOf(logs)
  const spread = normalSpread * medianOf(logs.map((log) => Math.abs(log - centre)).sort())
  const fence = spread > 0 ? centre + fenceSpreads * (1 + fewRows / all.length) * spread : Infinity
  const calibrating = all.filter((error, i) => error < Infinity && logs[i] <= fence)
  return { errors: calibrating, fenced: all.length - calibrating.length, centre, spread }
}
