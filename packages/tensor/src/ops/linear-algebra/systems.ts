import { eye } from '../../creation.ts'
import { dispatch } from '../../dispatch.ts'
import { NONE } from '../../op.ts'
import { broadcastShapes } from '../../shape.ts'
import { Tensor } from '../../tensor.ts'
import { broadcastTo, stretched } from '../layout/broadcast.ts'
import { expectMatrices } from './expect-matrices.ts'
import ops from './family.ts'

/** Whether two stacks of matrices have the same leading axes. */
function areStackedAlike(a: Tensor, b: Tensor): boolean {
  if (a.rank !== b.rank) return false
  for (let i = 0; i < a.rank - 2; i++) if (a.shape[i] !== b.shape[i]) return false
  return true
}

/** The operands of a solve with the same leading axes, which broadcast. What is no stack of matrices is refused by the op itself. */
function together(op: string, a: Tensor, b: Tensor): Tensor[] {
  const operands = [a, b]
  if (!(a instanceof Tensor && b instanceof Tensor) || areStackedAlike(a, b) || a.rank < 2 || b.rank < 2)
    return operands
  const lead = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2))
  return operands.map((t) => stretched(t, [...lead, ...t.shape.slice(-2)]))
}

/**
 * Solves `A X = B` for symmetric positive semidefinite A, batched. A pivot ≤ ε · max diagonal is dropped and its
 * unknown is 0, so a semidefinite A gives one solution of the consistent system and never NaN.
 *
 * A matrix that is not semidefinite has no answer here: every number of its X is NaN if its smallest eigenvalue is below
 * −64 ε · Σ |a_ii|, ε that of the dtype. What is less negative than that, errors of 64 ε · √(a_ii a_jj) in the entries explain, and the matrix
 * counts as semidefinite: no Gram matrix is taken for indefinite. Use {@link solve}
 * for indefinite matrices, {@link cholesky} for a flag.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken, so that gradients are symmetric
 * @param b `[..., n, m]`; leading axes broadcast
 * @returns `[..., n, m]`
 * @throws RangeError for shapes that do not fit; TypeError for other dtypes than float32 and float64
 * @example
 * import { choleskySolve, init, tensor } from '@facet/tensor'
 * await init()
 * choleskySolve(tensor([[4, 2], [2, 5]]), tensor([[8], [8]])).toArray() // [[1.5], [1]]
 * choleskySolve(tensor([[1, 2], [2, 1]]), tensor([[1], [1]])).toArray() // [[NaN], [NaN]]
 */
export const choleskySolve = (a: Tensor, b: Tensor): Tensor =>
  dispatch(ops.choleskySolve, together('choleskySolve', a, b), NONE)[0]

/**
 * Solves `A X = B` for square A, batched: elimination with partial pivoting. Where a pivot is exactly 0, or an entry of A no finite
 * number, every number of that X is NaN; a matrix that is singular but for rounding is not noticed, as anywhere
 * (`logDet` says how near it is). Differentiable in both modes.
 *
 * @param a `[..., n, n]`
 * @param b `[..., n, m]`; leading axes broadcast
 * @returns `[..., n, m]`
 * @throws RangeError for shapes that do not fit; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, solve, tensor } from '@facet/tensor'
 * await init()
 * solve(tensor([[0, 2], [4, 0]]), tensor([[2], [4]])).toArray() // [[1], [1]]
 */
export const solve = (a: Tensor, b: Tensor): Tensor => dispatch(ops.solve, together('solve', a, b), NONE)[0]

/**
 * The inverse of square matrices, batched: {@link solve} with the identity on the right; NaN for a singular one. `solve(a, b)` is
 * cheaper and more accurate than `matmul(inverse(a), b)`.
 *
 * @param a `[..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, inverse, tensor } from '@facet/tensor'
 * await init()
 * inverse(tensor([[0, 2], [4, 0]])).toArray() // [[0, 0.25], [0.5, 0]]
 */
export function inverse(a: Tensor): Tensor {
  expectMatrices('inverse', a)
  const identity = eye(a.shape[a.rank - 1], a.dtype)
  return dispatch(ops.solve, [a, broadcastTo(identity, a.shape)], NONE)[0]
}
