import {
  add,
  cast,
  type DType,
  eigh,
  expandDims,
  greater,
  logicalNot,
  machineEpsilon,
  matmul,
  max,
  mul,
  reciprocal,
  stopGradient,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'

/** Eigenvalues up to this share of the largest are dropped (docs/mathematics.md 5.2). */
export function rankTolerance(unknowns: number, dtype: DType): number {
  return Math.max(1e-10, 10 * unknowns * machineEpsilon(dtype))
}

/**
 * The minimum-norm solution of `gram ε = rhs`, by eigen-decomposition. A zero gram gives ε = 0.
 *
 * With `differentiate` the derivative is the one at constant rank (Golub & Pereyra 1973): with `P` the pseudo-inverse
 * and `N` the projector on the dropped eigenvectors, `dε = P (drhs − dgram ε) + N dgram P ε`. Both are held and the
 * derivative comes from products with them, so nothing is divided by the difference of two equal eigenvalues.
 *
 * @param gram [P, h, h], symmetric and positive semidefinite
 * @param rhs [P, h, 1], in the range of gram
 * @returns ε [P, h, 1]
 */
export function minimumNormSolve(gram: Tensor, rhs: Tensor, differentiate: boolean): Tensor {
  const { values, vectors } = eigh(stopGradient(gram))
  const tolerance = rankTolerance(gram.shape[gram.rank - 1], gram.dtype)
  const kept = greater(values, mul(max(values, -1, true), tolerance))
  const pseudoInverse = fromSpectrum(vectors, where(kept, reciprocal(where(kept, values, 1)), 0))
  const epsilon = matmul(pseudoInverse, stopGradient(rhs))
  if (!differentiate) return epsilon
  const nullProjector = fromSpectrum(vectors, cast(logicalNot(kept), gram.dtype))
  const inRange = matmul(pseudoInverse, sub(rhs, matmul(gram, epsilon)))
  const outOfRange = matmul(nullProjector, matmul(gram, matmul(pseudoInverse, epsilon)))
  const variation = add(inRange, outOfRange)
  return add(epsilon, sub(variation, stopGradient(variation)))
}

/** `V diag(values) Vᵀ`. */
export function fromSpectrum(vectors: Tensor, values: Tensor): Tensor {
  return matmul(mul(vectors, expandDims(values, -2)), vectors, { transposeB: true })
}
