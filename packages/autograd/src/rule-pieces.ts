import {
  abs,
  add,
  cast,
  concat,
  div,
  equal,
  expandDims,
  expm,
  eye,
  flip,
  lessEqual,
  logicalAnd,
  logicalOr,
  machineEpsilon,
  mul,
  notEqual,
  onesLike,
  pad,
  prod,
  reciprocal,
  reshape,
  type Shape,
  slice,
  sub,
  sum,
  type Tensor,
  transpose,
  where,
  zerosLike,
} from '@facet/tensor'
import { dispatch } from '@facet/tensor/dispatch'
import type { OpCall } from './rule.ts'

// What the rules of `vjp.ts` and `jvp.ts` are made of.

/** `shape` with length 1 on the reduced axes. */
export const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((length, i) => (axes.includes(i) ? 1 : length))

/** Slope of `max` and `min` in every element: shared equally by the elements that attain the extremum. */
export function winnerShares(x: Tensor, extremum: Tensor, axes: readonly number[]): Tensor {
  const wins = cast(equal(x, reshape(extremum, keptShape(x.shape, axes))), x.dtype)
  return div(wins, sum(wins, axes, true))
}

/**
 * Slope of `prod` in every element: the product of all others. Made by multiplication alone, so that zeros need no special case, and
 * along a tree of pairs, O(n) in time and memory: a million numbers in 60 ops.
 */
export function productsOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes)
  const moved = transpose(x, order)
  const n = axes.reduce((count, axis) => count * x.shape[axis], 1)
  const others = x.size === 0 ? moved : othersInRows(reshape(moved, [x.size / n, n]))
  return transpose(
    reshape(others, moved.shape),
    order.map((_, axis) => order.indexOf(axis)),
  )
}

/** Of each number of a row `[P, n]` the product of the others: its neighbour in a pair, times that of the other pairs. */
function othersInRows(x: Tensor): Tensor {
  const [rows, n] = x.shape
  if (n === 1) return onesLike(x)
  if (n === 2) return flip(x, 1)
  const half = Math.ceil(n / 2)
  const even =
    n === 2 * half
      ? x
      : pad(
          x,
          [
            [0, 0],
            [0, 1],
          ],
          1,
        )
  const pairs = reshape(even, [rows, half, 2])
  const otherPairs = othersInRows(prod(pairs, 2))
  const others = reshape(mul(flip(pairs, 2), expandDims(otherPairs, 2)), even.shape)
  return n === 2 * half ? others : slice(others, [0, 0], x.shape)
}

/** Where input `i` of a concatenation begins and ends: lengths before it and behind it. */
export function surroundings(xs: readonly Tensor[], axis: number, i: number): [number, number] {
  const total = (some: readonly Tensor[]): number => some.reduce((length, x) => length + x.shape[axis], 0)
  return [total(xs.slice(0, i)), total(xs.slice(i + 1))]
}

/** One entry on `axis`, `rest` on all others. */
export const onAxis = <T>(x: Tensor, axis: number, entry: T, rest: T): T[] =>
  x.shape.map((_, i) => (i === axis ? entry : rest))

/** `[..., n]` as rows `[P, n]`. */
export const asRows = (x: Tensor): Tensor =>
  x.rank === 2
    ? x
    : reshape(x, [x.shape.slice(0, -1).reduce((count, length) => count * length, 1), x.shape[x.rank - 1]])

/** The last two axes exchanged. */
export function swap(a: Tensor): Tensor {
  const order = [...a.shape.keys()]
  return transpose(a, [...order.slice(0, -2), a.rank - 1, a.rank - 2])
}

/** The symmetric part, or a multiple of it. */
export const symmetricPart = (a: Tensor, factor = 1): Tensor => mul(add(a, swap(a)), factor / 2)

/**
 * Eigenvalues whose gap is up to this many times ε · Σ|λ|, their accuracy, count as equal: the gradient of their vectors,
 * which is divided by the gap, would have lost all but one digit.
 */
const GAP_IN_ACCURACIES = 32

/**
 * What comes to eigenvectors, by pairs, over the gaps of their eigenvalues: `mixing / (λ_j − λ_i)`, 0 on the diagonal. Where two are
 * equal there is nothing to divide by: 0 where the pair is not `touched`, NaN where it is.
 *
 * @param values `[..., n]`
 * @param mixing `[..., n, n]`
 * @param touched `[..., n, n]`, bool
 */
export function overGaps(values: Tensor, mixing: Tensor, touched: Tensor): Tensor {
  const n = values.shape[values.rank - 1]
  const gaps = sub(expandDims(values, -2), expandDims(values, -1))
  const accuracy = mul(sum(abs(values), -1, true), GAP_IN_ACCURACIES * machineEpsilon(values.dtype))
  const same = lessEqual(abs(gaps), expandDims(accuracy, -1))
  const unresolved = logicalAnd(logicalAnd(same, touched), notEqual(eye(n, 'float32'), 1))
  const inverse = where(same, 0, reciprocal(where(same, 1, gaps)))
  return mul(where(unresolved, Number.NaN, inverse), mixing)
}

/** Pairs to which a cotangent comes back. */
export function touchedByCotangent(mixing: Tensor): Tensor {
  const isThere = notEqual(mixing, 0)
  return logicalOr(isThere, swap(isThere))
}

/**
 * Pairs of which neither stays an eigenvector as the matrix moves: in `Vᵀ Ȧ V` both rows have something beside the diagonal. If one
 * has nothing, it stays, and the other stays orthogonal to it.
 */
export function touchedByTangent(mixing: Tensor): Tensor {
  const n = mixing.shape[mixing.rank - 1]
  const beside = logicalAnd(notEqual(mixing, 0), notEqual(eye(n, 'float32'), 1))
  const moves = notEqual(sum(cast(beside, 'float32'), -1), 0)
  return logicalAnd(expandDims(moves, -1), expandDims(moves, -2))
}

/** `A` on and below the diagonal, half of it on the diagonal, 0 above. */
export function lowerHalf(a: Tensor): Tensor {
  const one = eye(a.shape[a.rank - 1], a.dtype)
  return mul(a, sub(dispatch('cumsum', [one], { axis: 0, reverse: false })[0], mul(one, 0.5)))
}

/** A derivative of a function of symmetric matrices is linear in each direction, and itself has one more in the matrix. */
export function symmetricFunctionDerivative(
  t: Tensor,
  { x, params }: OpCall<'symmetricFunction'>,
  input: number,
): Tensor {
  if (input === 1 || input === 2)
    throw new Error(
      'symmetricFunction: expected eigenvalues and eigenvectors behind stopGradient, got traced ones',
    )
  const inputs = input === 0 ? [...x, t] : x.with(input, t)
  return dispatch('symmetricFunction', inputs, params)[0]
}

/** Derivative of `expm` at A in direction E: the upper right block of `expm [[A, E], [0, A]]` (Van Loan 1978). */
export function expmDerivative(a: Tensor, e: Tensor): Tensor {
  const n = a.shape[a.rank - 1]
  const block = concat([concat([a, e], -1), concat([zerosLike(a), a], -1)], -2)
  return slice(expm(block), onAxis(a, a.rank - 1, n, 0), a.shape)
}
