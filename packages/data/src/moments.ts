import type { Rows } from './rows.ts'

/** Mean and sample standard deviation (divisor n − 1). */
export interface Moments {
  readonly mean: number
  readonly deviation: number
}

/**
 * Numbers whose standard deviation is at most this share of the largest of them vary by rounding alone: 1e-14 is 45 units in the last place of
 * float64. Sums such as 0.1 + 0.2 are off by 1; one tick of a clock among 128 times in Unix ms is a share of 5e-14 and counts as varying.
 */
export const FLAT_SHARE = 1e-14

/** Whether numbers of this deviation, the largest of them of this size, vary by more than rounding. */
export const varies = (deviation: number, largest: number): boolean => deviation > FLAT_SHARE * largest

/**
 * Mean and deviation of one series. Both are taken of the differences from its first value, so that 2,000,000,000 + 0 … 49 has the deviation of 0 … 49
 * to the last digit.
 */
export function momentsOf(series: ArrayLike<number>): Moments {
  const { length } = series
  const first = series[0]
  let sum = 0
  for (let i = 0; i < length; i++) sum += series[i] - first
  const shift = sum / length
  let squares = 0
  for (let i = 0; i < length; i++) squares += (series[i] - first - shift) ** 2
  return { mean: first + shift, deviation: Math.sqrt(squares / Math.max(1, length - 1)) }
}

/** The largest absolute value. */
export function largestOf(series: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < series.length; i++) largest = Math.max(largest, Math.abs(series[i]))
  return largest
}

/**
 * {@link momentsOf} of every column, in two sweeps over the rows. A column that does not vary keeps deviation 1.
 *
 * @throws RangeError for a column whose values are too large to be squared
 */
export function columnMoments(
  operation: string,
  { values, count, length }: Rows,
): { means: number[]; deviations: number[] } {
  const first = values.slice(0, length)
  const shifts = new Float64Array(length)
  const largest = new Float64Array(length)
  for (let row = 0, i = 0; row < count; row++) {
    for (let j = 0; j < length; j++, i++) {
      shifts[j] += values[i] - first[j]
      const size = Math.abs(values[i])
      if (size > largest[j]) largest[j] = size
    }
  }
  for (let j = 0; j < length; j++) shifts[j] /= count
  const squares = new Float64Array(length)
  for (let row = 0, i = 0; row < count; row++) {
    for (let j = 0; j < length; j++, i++) squares[j] += (values[i] - first[j] - shifts[j]) ** 2
  }
  const deviations = Array.from(squares, (sum, j) => {
    const deviation = Math.sqrt(sum / Math.max(1, count - 1))
    if (Number.isFinite(deviation)) return varies(deviation, largest[j]) ? deviation : 1
    throw new RangeError(
      `${operation}: column ${j}: expected values that can be squared, got some as large as ${largest[j]}`,
    )
  })
  return { means: Array.from(first, (value, j) => value + shifts[j]), deviations }
}
