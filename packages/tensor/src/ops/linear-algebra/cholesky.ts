import { dispatch } from '../../dispatch.ts'
import { NONE } from '../../op.ts'
import type { Tensor } from '../../tensor.ts'
import { equal, isNaN } from '../elementwise/logic.ts'
import { cast } from '../elementwise/unary.ts'
import { diagonal } from '../layout/indexing.ts'
import { sum } from '../reduction/fold.ts'
import ops from './family.ts'

/**
 * The Cholesky factor of symmetric positive definite matrices, batched: `A = L Lᵀ`. Where a pivot is not above 0, or an entry is
 * no finite number, that matrix is not positive definite: `ok` is false there and its factor NaN throughout, which
 * needs no look at the numbers and is the same in a replay. Differentiable in both modes.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken, so that gradients are symmetric
 * @returns `factor [..., n, n]`, zeros above the diagonal, and `ok [...]`, bool
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { cholesky, init, tensor } from '@facet/tensor'
 * await init()
 * const { factor, ok } = cholesky(tensor([[[4, 2], [2, 5]], [[1, 2], [2, 1]]]))
 * factor.toArray() // [[[2, 0], [1, 2]], [[NaN, NaN], [NaN, NaN]]]
 * ok.toArray() // [1, 0]
 */
export function cholesky(a: Tensor): { factor: Tensor; ok: Tensor } {
  const [factor] = dispatch(ops.cholesky, [a], NONE)
  const holes = sum(cast(isNaN(diagonal(factor)), 'int32'), -1)
  return { factor, ok: equal(holes, 0) }
}
