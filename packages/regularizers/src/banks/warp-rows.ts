import { add, mul, type Tensor } from '@facet/tensor'
import { interpolateRows } from './interpolate-rows.ts'

/**
 * Rows x [N, d] read at `t + v(t)`, v [N, d] in samples, composed of two half steps: `m = t + v(t)/2`, then `m + v(m)/2`
 * (docs/mathematics.md 6.1). Linear between samples, clamped at the ends.
 *
 * @param grid 0 … d − 1 [d]
 */
export function warpRows(x: Tensor, field: Tensor, grid: Tensor): Tensor {
  const half = mul(field, 0.5)
  const midway = add(grid, half)
  return interpolateRows(x, add(midway, interpolateRows(half, midway)))
}
