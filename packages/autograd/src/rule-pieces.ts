import {
  abs,
  add,
  cast,
  concat,
  div,
  equal,
  expandDims,
  expm,
  flip,
  lessEqual,
  machineEpsilon,
  mul,
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
  reshape(x, [x.shape.slice(0, -1).reduce((count, length) => count * length, 1), x.shape[x.rank - 1]])

/** The last two axes exchanged. */
export function swap(a: Tensor): Tensor {
  const order = [...a.shape.keys()]
  return transpose(a, [...order.slice(0, -2), a.rank - 1, a.rank - 2])
}

export const symmetricPart = (a: Tensor): Tensor => mul(add(a, swap(a)), 0.5)

/**
 * `1 / (λ_j − λ_i)`, 0 where the two are equal: eigenvectors of one eigenvalue have no derivative of their own. Equal
 * means within ε · Σ|λ|, the accuracy of the eigenvalues.
 *
 * @param values `[..., n]`
 * @returns `[..., n, n]`
 */
export function inverseGaps(values: Tensor): Tensor {
  const gaps = sub(expandDims(values, -2), expandDims(values, -1))
  const accuracy = mul(sum(abs(values), -1, true), machineEpsilon(values.dtype))
  const same = lessEqual(abs(gaps), expandDims(accuracy, -1))
  return where(same, 0, reciprocal(where(same, 1, gaps)))
}

/** Derivative of `expm` at A in direction E: the upper right block of `expm [[A, E], [0, A]]` (Van Loan 1978). */
export function expmDerivative(a: Tensor, e: Tensor): Tensor {
  const n = a.shape[a.rank - 1]
  const block = concat([concat([a, e], -1), concat([zerosLike(a), a], -1)], -2)
  return slice(expm(block), onAxis(a, a.rank - 1, n, 0), a.shape)
}
