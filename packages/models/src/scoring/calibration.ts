/**
 * What the errors of held-out rows say of others: the base of p-values and alarms. Rows beyond a robust fence do not calibrate, so that a few odd ones
 * do not move it.
 */
export interface Calibration {
  /** Errors of the rows that calibrate, ascending. */
  readonly errors: Float64Array
  /** Held-out rows beyond the fence. */
  readonly fenced: number
  /** Median of the logarithms of all held-out errors. */
  readonly centre: number
  /** 1.4826 · the median distance of those logarithms from their median. */
  readonly spread: number
}

/** How alarms are decided. */
export interface AlarmRule {
  /** `conformal`: p ≤ α. `robust`: log error > centre + z · spread, where α is below the smallest p that n rows can give. */
  readonly kind: 'conformal' | 'robust'
  readonly alpha: number
  /** 1 / (n + 1). */
  readonly smallestP: number
  /** Errors above it are alarms. */
  readonly threshold: number
}

const later = (name: string): never => {
  throw new Error(`${name}: not written yet`)
}

export const calibrate = (_errors: ArrayLike<number>): Calibration => later('calibrate')
/** Split-conformal p-values: (1 + calibrating errors ≥ e) / (n + 1). NaN for NaN. */
export const pValues = (_calibration: Calibration, _errors: ArrayLike<number>): Float64Array =>
  later('pValues')
export const alarmRule = (_calibration: Calibration, _alpha: number): AlarmRule => later('alarmRule')
/** 1 for an alarm. */
export const alarms = (_rule: AlarmRule, _errors: ArrayLike<number>): Uint8Array => later('alarms')
/** 1 for those rejected at false-discovery rate q (Benjamini–Hochberg). */
export const falseDiscoveries = (_p: ArrayLike<number>, _q: number): Uint8Array => later('falseDiscoveries')
