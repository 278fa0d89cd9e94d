import type { Tensor } from '@facet/tensor'
import type { FloatDType } from './dataset.ts'
import { type Rows, rowOf, rowsFromTensor, rowsToTensor } from './rows.ts'

/**
 * Gives one series mean 0 and sample standard deviation 1 (divisor n − 1, as the UCR archive does), in place.
 *
 * @returns false, and leaves the series alone, if all its values are equal
 */
export function zNormaliseSeries(series: Float64Array): boolean {
  const first = series[0]
  if (series.every((value) => value === first)) return false
  let mean = 0
  for (const value of series) mean += value / series.length
  let squares = 0
  for (const value of series) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / (series.length - 1))
  for (let i = 0; i < series.length; i++) series[i] = (series[i] - mean) / deviation
  return true
}

/**
 * {@link zNormaliseSeries} on every row, in place.
 *
 * @param where names row `i` in the error, e.g. `series 3 of train`
 * @throws if a row is constant
 */
export function zNormaliseRows(operation: string, rows: Rows, where: (row: number) => string): void {
  for (let i = 0; i < rows.count; i++) {
    const row = rowOf(rows, i)
    if (zNormaliseSeries(row)) continue
    throw new Error(
      `${operation}: ${where(i)}: expected a series that varies (z-normalisation divides by its standard ` +
        `deviation), got ${rows.length} values all equal to ${row[0]}`,
    )
  }
}

/**
 * Every row of `x [N, d]` with mean 0 and sample standard deviation 1 (divisor d − 1), computed in float64.
 *
 * @returns a new tensor `[N, d]` of the same dtype
 * @throws if a row is constant or `x` is not a floating-point tensor of rank 2
 * @example zNormalise(tensor([[1, 2, 3]])).toArray() // [[-1, 0, 1]]
 */
export function zNormalise(x: Tensor): Tensor {
  const rows = rowsFromTensor('zNormalise', x)
  zNormaliseRows('zNormalise', rows, (i) => `series ${i}`)
  return rowsToTensor(rows, x.dtype as FloatDType)
}
