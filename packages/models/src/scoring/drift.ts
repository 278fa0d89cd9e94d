import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { upperTail } from './beta-binomial.ts'
import type { Calibration } from './calibration.ts'
import { ascendingOf, expectErrors, expectShare, medianOf, type Numbers } from './errors.ts'
import { distanceOf, kolmogorovTail } from './kolmogorov.ts'
import { countWithin } from './p-values.ts'

/** Whether the rows of a file as a whole differ from the held-out ones. NaN where there is nothing to compare. */
export interface Drift {
  /** Rows with an error. */
  readonly rows: number
  /** What p-values are compared with: the largest value that they can have up to α, or the smallest that they can have. */
  readonly level: number
  /** Share of p-values ≤ level, and the probability of at least so many where nothing has changed. */
  readonly alarms: number
  readonly alarmsP: number
  /** Kolmogorov–Smirnov distance between the errors and the calibrating ones, and its p-value. */
  readonly distance: number
  readonly distanceP: number
  /** Median error over the median calibrating one. */
  readonly ratio: number
}

const driftOptions = optionTable('drift', {
  /** The level of the p-values that are counted, above 0 and below 1; default 0.01. */
  alpha: withDefault(aNumber(), 0.01),
})

/** The setting of {@link drift}. */
export type DriftOptions = OptionsOf<typeof driftOptions>

/**
 * Compares the errors of new rows as a whole with the calibrating ones (`docs/mathematics.md 10.3`): how many p-values are small, and how far apart the two distributions are. All p-values
 * share the calibrating errors, so that the number of small ones is not binomial but beta-binomial; its probability is exact where no errors are equal,
 * else too large. That of the distance is the limit for many rows. Rows beyond the fence do not calibrate: a file with as many odd rows as the held-out
 * part had may differ by these.
 *
 * @param errors of the new rows; NaN, a row without one, is left out
 * @throws TypeError or RangeError for what is no list of numbers of at least 0, or another α.
 * @example
 * const calibration = calibrate(Array.from({ length: 199 }, (_, i) => 1 + i / 100))
 * const { alarms, alarmsP, ratio } = drift(calibration, [2.1, 3.5, 4, 4.2, 5])
 * alarms // 0.8: four of five have p ≤ 0.01
 * alarmsP // 1.1e-6
 * ratio // 2.0
 */
export function drift(calibration: Calibration, errors: Numbers, options: DriftOptions = {}): Drift {
  const { alpha } = driftOptions.resolve(options)
  expectShare('drift', 'alpha', alpha)
  expectErrors('drift', errors)
  const [known, found] = [calibration.errors, ascendingOf(errors)]
  const [n, rows] = [known.length, found.length]
  if (n === 0 || rows === 0) {
    const none = Number.NaN
    return { rows, level: none, alarms: none, alarmsP: none, distance: none, distanceP: none, ratio: none }
  }
  const largest = Math.max(1, countWithin(alpha, n))
  const threshold = known[n - largest]
  const count = found.findLastIndex((error) => error <= threshold)
  const above = rows - 1 - count
  const distance = distanceOf(known, found)
  return {
    rows,
    level: largest / (n + 1),
    alarms: above / rows,
    alarmsP: upperTail(above, rows, largest, n),
    distance,
    distanceP: kolmogorovTail(Math.sqrt((n * rows) / (n + rows)) * distance),
    ratio: medianOf(found) / medianOf(known),
  }
}
