import { eye, reshape, type Tensor } from '@facet/tensor'
import type { Float, Vectors } from './layer.ts'

/** Stacked vectors themselves, where they have to be multiplied: the unit vectors as a matrix [1, size, size]. */
export const vectorsOf = (v: Vectors, size: number, dtype: Float): Tensor =>
  v ?? reshape(eye(size, dtype), [1, size, size])

/** Applies a map of rows [M, size] to stacked vectors, as one call whatever the number of samples. */
export function onRows(v: Tensor, map: (rows: Tensor) => Tensor): Tensor {
  const [samples, count, size] = v.shape
  const rows = map(reshape(v, [samples * count, size]))
  return reshape(rows, [samples, count, rows.shape[1]])
}
