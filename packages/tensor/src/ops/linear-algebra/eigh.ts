import { spectralFamily as wasm } from '../../backends/wasm/kernels/spectral.ts'
import { dispatch } from '../../dispatch.ts'
import { defineFamily, NONE, type None } from '../../op.ts'
import { expectSquare } from '../../op-checks.ts'
import type { Tensor } from '../../tensor.ts'

/** A family of its own: principal components need its kernel, and none of the other ops of matrices. */
const ops = /*#__PURE__*/ defineFamily<{ eigh: None }>(
  'spectral',
  { wasm },
  {
    eigh: {
      outputs(op, [a]) {
        expectSquare(op, a)
        return [{ shape: a.shape.slice(0, -1), dtype: a.dtype }, a]
      },
    },
  },
)
export default ops

/**
 * Eigenvalues (ascending) and eigenvectors (columns) of symmetric matrices, batched. Of each vector the component of
 * largest magnitude is positive. A NaN or an infinity makes all results of its matrix NaN.
 *
 * **Gradients.** Those of the values always exist as they come out (of a multiple one each vector's own, whose sum is right).
 * The vectors of a multiple eigenvalue have none: they are any basis of their space. Eigenvalues count as equal within
 * 32 ε · Σ|λ|, where the gradient would have lost all but one digit. A gradient through two vectors of one eigenvalue is
 * NaN, unless nothing comes back to either in the direction of the other; a tangent of such vectors is NaN unless one of them
 * stays an eigenvector. Second derivatives through such vectors do not exist either and are not always seen. For `V f(Λ) Vᵀ`, whose gradient exists there too, use {@link symmetricFunction}.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken
 * @returns `values [..., n]`, `vectors [..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { eigh, init, tensor } from '@facet/tensor'
 * await init()
 * eigh(tensor([[3, 0], [0, 2]])).values.toArray() // [2, 3]
 */
export function eigh(a: Tensor): { values: Tensor; vectors: Tensor } {
  const [values, vectors] = dispatch(ops.eigh, [a], NONE)
  return { values, vectors }
}
