import type { Tensor } from '@facet/tensor'
import type { FloatDType } from '@facet/tensor/checks'

/** A linear map of flat rows, such as the product with a matrix or a convolution. */
export interface LinearMap {
  readonly inputs: number
  readonly outputs: number
  /** Multiplications with additions that one row costs. */
  readonly cost: number
  /** [M, in] to [M, out]. */
  apply(x: Tensor): Tensor
  /** The adjoint: [M, out] to [M, in]. */
  applyTransposed(g: Tensor): Tensor
  /** Its numbers: a matrix [out, in], a kernel of a convolution, or a scalar that all entries share. */
  weight(dtype: FloatDType): Tensor
  /** The matrix [out, in] itself, where the map is the product with one; else `null`. */
  readonly matrix: Tensor | null
  /** The map of the same kind with other numbers of the same shape: of their squares, for error bounds. */
  withWeight(weight: Tensor): LinearMap
}
