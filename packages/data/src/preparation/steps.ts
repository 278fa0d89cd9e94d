import type { Numbers } from './numbers.ts'

/**
 * The rows that items are made of, in the order of groups and of time. Windows overlap: they are places in here, since 1e6 rows of 10 numbers are 80 MB, and
 * their windows of 128 at each 16th row would be 640 MB.
 */
export interface Steps {
  /** `[count, width]`, row after row, in the units of the file; NaN where a value is missing. */
  readonly values: Numbers
  readonly width: number
  readonly count: number
  /** Of each step its sample, -1 for a row that was put into a hole; `null` where step i is sample i. */
  readonly samples: Int32Array | null
  /** When each step was; `null` where the order of samples says so. */
  readonly times: Float64Array | null
  /** Where stretches without a hole begin, and at last `count`. */
  readonly bounds: Int32Array
}

/** The sample of a step, -1 for a row that was put in. */
export const sampleAt = ({ samples }: Steps, step: number): number =>
  samples === null ? step : samples[step]

/** When a step was: its time, or else the number of its sample. */
export const timeAt = (steps: Steps, step: number): number =>
  steps.times === null ? sampleAt(steps, step) : steps.times[step]
