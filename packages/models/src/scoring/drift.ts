/** Whether the rows of a file as a whole differ from the held-out ones. */
export interface Drift {
  readonly rows: number
  /** Share of p-values ≤ α, and the probability of at least so many where nothing has changed. */
  readonly alarms: number
  readonly alarmsP: number
  /** Kolmogorov–Smirnov distance between the errors and the calibrating ones, and its p-value. */
  readonly distance: number
  readonly distanceP: number
}
