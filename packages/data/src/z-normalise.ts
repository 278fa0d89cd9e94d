import type { Tensor } from '@facet/tensor'
import type { FloatDType } from './dataset.ts'
import { type Rows, rowOf, rowsFromTensor, rowsToTensor } from './rows.ts'

/**
 * Gives one series mean 0 and sample standard deviation 1 (divisor n − 1, as the UCR archive does), in place.
 *
 * @returns what stands against it, the series left alone: equal values, or too large ones; `null` if it is done
 */
export function zNormaliseSeries(series: Float64Array): string | null {
  const first = series[0]
  if (series.every((value) => value === first)) return `${series.length} values all equal to ${first}`
  let mean = 0
  for (const value of series) mean += value / series.length
  let squares = 0
  for (const value of series) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / (series.length - 1))
  if (!Number.isFinite(deviation)) return `values too large to be squared, such as ${series.reduce(larger)}`
  for (let i = 0; i < series.length; i++) series[i] = (series[i] - mean) / deviation
  return null
}

const larger = (a: number, b: number): number => (Math.abs(a) > Math.abs(b) ? a : b)

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
