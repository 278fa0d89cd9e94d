import { abs, div, isFinite, max, mul, norm, type Tensor } from '@facet/tensor'
import { powerOfTwo } from './power-of-two.ts'

/** Numbers divided by a power of two of about the size of the largest over some axes, and that power. */
export function scaled(x: Tensor, axes?: number | readonly number[]): { value: Tensor; scale: Tensor } {
  const scale = powerOfTwo(max(abs(x), axes, true))
  return { value: div(x, scale), scale }
}

/** Euclidean norm over `axes`, kept as axes of length 1: right wherever it has a place in the dtype, though squares have none. */
export function scaledNorm(x: Tensor, axes: number | readonly number[]): Tensor {
  const { value, scale } = scaled(x, axes)
  return mul(norm(value, axes, true), scale)
}

/** Which rows of x [N, …] hold finite numbers only: bool [N]. */
export function areFinite(x: Tensor): Tensor {
  const axes = x.shape.slice(1).map((_, i) => i + 1)
  return isFinite(max(abs(x), axes))
}
