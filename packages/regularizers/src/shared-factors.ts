import type { JacobianFactors, TangentFactors } from '@facet/models'
import { add, matmul, reshape, type Tensor } from '@facet/tensor'

// Local maps of many samples as rows of their own times a matrix that all of them share.

/** Rows [N, c, w] times a matrix [w, m], or one [m, w] transposed: [N, c, m], in one product. */
export function timesShared(x: Tensor, matrix: Tensor, options: { transposeB?: boolean } = {}): Tensor {
  const product = matmul(asMatrix(x), matrix, options)
  return reshape(product, [x.shape[0], x.shape[1], product.shape[1]])
}

/** Rows [N, c, w] of all samples below each other, [N c, w]. */
export const asMatrix = (x: Tensor): Tensor => reshape(x, [x.shape[0] * x.shape[1], x.shape[2]])

/** The Jacobians [N, h, d]. */
export function jacobiansOf({ rows, readin, skip }: JacobianFactors): Tensor {
  const maps = readin === null ? rows : timesShared(rows, readin)
  return skip === null ? maps : add(maps, skip)
}

/** The tangents [N, h, d]. */
export const tangentsOf = ({ rows, readout }: TangentFactors): Tensor =>
  readout === null ? rows : timesShared(rows, readout, { transposeB: true })
