import { describe } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { NONE } from '../../op.ts'
import { expectKind } from '../../op-checks.ts'
import { formatShape } from '../../shape.ts'
import { Tensor } from '../../tensor.ts'
import { diagonal } from '../layout/indexing.ts'
import { sum } from '../reduction/fold.ts'
import ops from './family.ts'

/**
 * The determinant of square matrices as its sign and the logarithm of its magnitude, batched: `det A = sign · exp(logAbs)`, which
 * neither overflows nor vanishes. A singular matrix has the sign 0 and logAbs −∞, the empty one determinant 1, one with an
 * entry that is no finite number NaN twice. Differentiable in both modes (`∂ logAbs / ∂A = A⁻ᵀ`, NaN for a singular A;
 * the sign has slope 0).
 *
 * @param a `[..., n, n]`
 * @returns `sign [...]`: 1, −1 or 0; `logAbs [...]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, logDet, tensor } from '@facet/tensor'
 * await init()
 * const { sign, logAbs } = logDet(tensor([[0, 1], [1, 0]]))
 * sign.item() // -1
 * logAbs.item() // 0
 */
export function logDet(a: Tensor): { sign: Tensor; logAbs: Tensor } {
  const [sign, logAbs] = dispatch(ops.logDet, [a], NONE)
  return { sign, logAbs }
}

/** Sum of the diagonal of the last two axes. @throws RangeError unless they are as long as each other; TypeError for bools. */
export function trace(a: Tensor): Tensor {
  if (!(a instanceof Tensor)) throw new TypeError(`trace: expected a tensor, got ${describe(a)}`)
  expectKind('trace', 'number', a.dtype)
  if (a.rank < 2 || a.shape[a.rank - 1] !== a.shape[a.rank - 2])
    throw new RangeError(`trace: expected square matrices, got ${formatShape(a.shape)}`)
  return sum(diagonal(a), -1)
}
