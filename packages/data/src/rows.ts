import { type Tensor, tensor } from '@facet/tensor'
import type { FloatDType } from './dataset.ts'

/** Samples as plain numbers, `[count, length]`, row after row. */
export interface Rows {
  readonly values: Float64Array
  readonly count: number
  readonly length: number
}

/** Row `index` as a view. */
export const rowOf = (rows: Rows, index: number): Float64Array =>
  rows.values.subarray(index * rows.length, (index + 1) * rows.length)

/** Series of one length, stacked. */
export function rowsFrom(series: readonly Float64Array[], length: number): Rows {
  const values = new Float64Array(series.length * length)
  series.forEach((row, i) => values.set(row, i * length))
  return { values, count: series.length, length }
}

/** `[count, length]`, rounded to `dtype`. */
export const rowsToTensor = ({ values, count, length }: Rows, dtype: FloatDType): Tensor =>
  tensor(values, { shape: [count, length], dtype })

/** The numbers of a tensor of rank 2 in float64. @throws for another rank or dtype, and for NaN and infinity. */
export function rowsFromTensor(operation: string, data: Tensor): Rows {
  const [count, length] = data.shape
  if (data.rank !== 2 || (data.dtype !== 'float32' && data.dtype !== 'float64')) {
    throw new TypeError(
      `${operation}: expected floating-point samples [n, d], got ${data.dtype} [${data.shape.join(', ')}]`,
    )
  }
  // Of a loop: `Float64Array.from` and `findIndex` take 20 times as long.
  const values = new Float64Array(data.dataSync() as Float32Array | Float64Array)
  let broken = 0
  while (broken < values.length && Number.isFinite(values[broken])) broken++
  if (broken < values.length) {
    const [row, column] = [Math.floor(broken / length), broken % length]
    throw new RangeError(
      `${operation}: expected finite values, got ${values[broken]} at row ${row}, column ${column}`,
    )
  }
  return { values, count, length }
}
