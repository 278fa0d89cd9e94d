import {
  add,
  broadcastTo,
  concat,
  div,
  equal,
  expandDims,
  logicalOr,
  matmul,
  max,
  mean,
  min,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'
import { constant, perDType } from './constants.ts'

/** y [N, d] shifted and stretched to the mean and standard deviation of each row of x. A constant row stays constant. */
export function withMomentsOf(x: Tensor, y: Tensor): Tensor {
  const [centre, own] = [mean(x, 1, true), centred(y)]
  const [wanted, had] = [squares(sub(x, centre)), squares(own)]
  // Neither a division by 0 nor the infinite slope of the root at 0.
  const flat = logicalOr(isConstant(x), equal(had, 0))
  const stretch = where(flat, 0, sqrt(div(where(flat, 1, wanted), where(flat, 1, had))))
  return add(mul(own, stretch), centre)
}

/** Directions [N, B, d] at x [N, d] without what would change the mean or the standard deviation of x. */
export function sphereProjection(length: number): (x: Tensor, directions: Tensor) => Tensor {
  const constants = perDType((dtype) =>
    constant(new Float64Array(length).fill(1 / Math.sqrt(length)), [1, 1, length], dtype),
  )
  return (x, directions) => {
    const radial = centred(x)
    const size = squares(radial)
    const flat = isConstant(x)
    const unit = where(flat, 0, div(radial, sqrt(where(flat, 1, size))))
    const level = broadcastTo(constants(x.dtype), [x.shape[0], 1, length])
    const normals = concat([level, expandDims(unit, 1)], 1)
    return sub(directions, matmul(matmul(directions, normals, { transposeB: true }), normals))
  }
}

const centred = (x: Tensor): Tensor => sub(x, mean(x, 1, true))

/** Asked of the values: the mean of equal ones is rounded, and what is left of them is noise with a direction of its own. */
const isConstant = (x: Tensor): Tensor => equal(max(x, 1, true), min(x, 1, true))

const squares = (x: Tensor): Tensor => sum(square(x), 1, true)
