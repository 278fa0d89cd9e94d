import type { Tensor } from '@facet/tensor'
import type { FloatDType } from './dataset.ts'
import { largestOf, momentsOf, varies } from './moments.ts'
import { type Rows, rowOf, rowsFromTensor, rowsToTensor } from './rows.ts'

/** What stands against dividing a series by its standard deviation; `null` for nothing. */
export function obstacleOf(series: ArrayLike<number>, deviation: number): string | null {
  const largest = largestOf(series)
  if (!Number.isFinite(deviation))
    return `values too large to be squared, such as ${extreme(series, largest)}`
  if (varies(deviation, largest)) return null
  const equal = `equal to ${series[0]}`
  return deviation === 0
    ? `${series.length} values all ${equal}`
    : `${series.length} values ${equal} but for rounding`
}

const extreme = (series: ArrayLike<number>, largest: number): number =>
  Array.prototype.find.call(series, (value: number) => Math.abs(value) === largest)

/**
 * Gives one series mean 0 and sample standard deviation 1 (divisor n − 1, as the UCR archive does), in place.
 *
 * @returns what stands against it, the series left alone: values that are equal, or differ by rounding alone (a deviation of at most 1e-14 of the
 * largest), or too large ones; `null` if it is done
 */
export function zNormaliseSeries(series: Float64Array): string | null {
  const { mean, deviation } = momentsOf(series)
  const obstacle = obstacleOf(series, deviation)
  if (obstacle !== null) return obstacle
  for (let i = 0; i < series.length; i++) series[i] = (series[i] - mean) / deviation
  return null
}

/**
 * {@link zNormaliseSeries} on every row, in place.
 *
 * @param where names row `i` in the error, e.g. `series 3 of train`
 * @throws if a row is constant, or too large to have a standard deviation
 */
export function zNormaliseRows(operation: string, rows: Rows, where: (row: number) => string): void {
  for (let i = 0; i < rows.count; i++) {
    const obstacle = zNormaliseSeries(rowOf(rows, i))
    if (obstacle === null) continue
    throw new Error(
      `${operation}: ${where(i)}: expected a series that varies (z-normalisation divides by its standard ` +
        `deviation), got ${obstacle}`,
    )
  }
}

/**
 * Every row of `x [N, d]` with mean 0 and sample standard deviation 1 (divisor d − 1), computed in float64.
 *
 * @returns a new tensor `[N, d]` of the same dtype
 * @throws if a row is constant, a value is NaN or infinite, or `x` is not a floating-point tensor of rank 2
 * @example zNormalise(tensor([[1, 2, 3]])).toArray() // [[-1, 0, 1]]
 */
export function zNormalise(x: Tensor): Tensor {
  const rows = rowsFromTensor('zNormalise', x)
  zNormaliseRows('zNormalise', rows, (i) => `series ${i}`)
  return rowsToTensor(rows, x.dtype as FloatDType)
}
