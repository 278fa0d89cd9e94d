import {
  abs,
  cast,
  expandDims,
  eye,
  lessEqual,
  logicalAnd,
  logicalOr,
  machineEpsilon,
  mul,
  notEqual,
  reciprocal,
  sub,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'
import { swapLastAxes } from './matrices.ts'

/**
 * Eigenvalues are exact to ε · Σ|λ|; those no further apart than this many times that count as equal. A gradient of their vectors is
 * divided by the gap and would have lost all but one digit.
 */
const GAP_IN_ACCURACIES = 32

/**
 * `mixing / (λ_j − λ_i)`, 0 on the diagonal: how eigenvectors i and j turn into each other. Where the two eigenvalues count as equal
 * their vectors are not determined: 0 where no derivative is asked of the pair (`isUsed` is false), NaN where one is.
 *
 * @param values eigenvalues `[..., n]`
 * @param mixing `[..., n, n]`
 * @param isUsed `[..., n, n]`, bool
 */
export function divideByGaps(values: Tensor, mixing: Tensor, isUsed: Tensor): Tensor {
  const n = values.shape[values.rank - 1]
  const gaps = sub(expandDims(values, -2), expandDims(values, -1))
  const accuracy = mul(sum(abs(values), -1, true), GAP_IN_ACCURACIES * machineEpsilon(values.dtype))
  const isEqual = lessEqual(abs(gaps), expandDims(accuracy, -1))
  const isUndetermined = logicalAnd(logicalAnd(isEqual, isUsed), notEqual(eye(n, 'float32'), 1))
  const inverse = where(isEqual, 0, reciprocal(where(isEqual, 1, gaps)))
  return mul(where(isUndetermined, Number.NaN, inverse), mixing)
}

/** Pairs of eigenvectors with a cotangent in either order. */
export function pairsWithCotangent(mixing: Tensor): Tensor {
  const isThere = notEqual(mixing, 0)
  return logicalOr(isThere, swapLastAxes(isThere))
}

/**
 * Pairs of eigenvectors that both move with the matrix: both rows of `Vᵀ Ȧ V` have an entry beside the diagonal. A vector whose row has
 * none stays as it is, and the other of the pair stays orthogonal to it.
 */
export function pairsWithTangent(mixing: Tensor): Tensor {
  const n = mixing.shape[mixing.rank - 1]
  const isBeside = logicalAnd(notEqual(mixing, 0), notEqual(eye(n, 'float32'), 1))
  const moves = notEqual(sum(cast(isBeside, 'float32'), -1), 0)
  return logicalAnd(expandDims(moves, -1), expandDims(moves, -2))
}
