import { type Calibration, normalSpread } from './calibration.ts'
import { expectNumbers, expectShare, type Numbers } from './errors.ts'
import { countWithin } from './p-values.ts'

/** How alarms are decided. */
export interface AlarmRule {
  /**
   * `conformal`: p ≤ α. `robust`: log error > centre + z · spread, where α is below the smallest p that n rows can give. `none`: no alarms, where α is below it
   * and fewer than three rows were held out.
   */
  readonly kind: 'conformal' | 'robust' | 'none'
  readonly alpha: number
  /** 1 / (n + 1). */
  readonly smallestP: number
  /** Errors above it are alarms; Infinity where there are none. */
  readonly threshold: number
}

/** Held-out rows with a median distance that says anything. */
const fewest = 3

/** The spread of the standard logistic law, whose median distance from 0 is ln 3. */
const logisticSpread = normalSpread * Math.log(3)

/**
 * The rule by which rows are told to be odd at level α (`docs/mathematics.md 10.1`). With α of at least 1 / (n + 1) these are the rows with p ≤ α; below it no
 * p-value can be so small, and alarms follow log error > centre + z · spread, z the quantile of 1 − α of a logistic law with spread 1: 2.82 for 0.01, for
 * the tails of errors are longer than the normal law's (`docs/decisions/0045`). Where there is no spread, the threshold is the largest calibrating error. The
 * two rules do not meet: the robust one may give more alarms than p ≤ 1 / (n + 1).
 *
 * @param alpha the share of false alarms that is accepted, above 0 and below 1
 * @throws RangeError for another α.
 * @example
 * const calibration = calibrate([0.9, 1, 1.1, 1.2, 0.8, 1, 500])
 * alarmRule(calibration, 0.2) // { kind: 'conformal', alpha: 0.2, smallestP: 0.142…, threshold: 1.2 }
 * alarmRule(calibration, 0.01).kind // 'robust': the smallest p of six rows is 1/7
 */
export function alarmRule(calibration: Calibration, alpha: number): AlarmRule {
  expectShare('alarmRule', 'alpha', alpha)
  const { errors, fenced } = calibration
  const n = errors.length
  const smallestP = 1 / (n + 1)
  const count = countWithin(alpha, n)
  if (count > 0) return { kind: 'conformal', alpha, smallestP, threshold: errors[n - count] }
  return n + fenced < fewest
    ? { kind: 'none', alpha, smallestP, threshold: Infinity }
    : { kind: 'robust', alpha, smallestP, threshold: robustThreshold(calibration, alpha) }
}

function robustThreshold({ errors, centre, spread }: Calibration, alpha: number): number {
  // Half of the errors are equal: what was seen is all there is to go by.
  if (!(spread > 0)) return errors.length === 0 ? Infinity : errors[errors.length - 1]
  return Math.exp(centre + (Math.log((1 - alpha) / alpha) / logisticSpread) * spread)
}

/**
 * 1 for an alarm, 0 for none; NaN, a row without an error, is none.
 *
 * @example
 * const rule = alarmRule(calibrate([0.9, 1, 1.1, 1.2, 0.8, 1, 500]), 0.01)
 * alarms(rule, [1, 1.5, 4, NaN]) // [0, 0, 1, 0]: the threshold is 1.55
 */
export function alarms({ threshold }: AlarmRule, errors: Numbers): Uint8Array {
  expectNumbers('alarms', 'errors', errors)
  return Uint8Array.from(errors, (error) => Number(error > threshold))
}
