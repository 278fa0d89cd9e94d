import {
  broadcastTo,
  cast,
  cumsum,
  div,
  equal,
  expandDims,
  flip,
  linearRecurrence,
  mul,
  onesLike,
  pad,
  prod,
  reshape,
  type Shape,
  slice,
  sum,
  type Tensor,
  transpose,
} from '@facet/tensor'
import { inversePermutation } from './inverse-permutation.ts'
import { type JvpRules, linearJvp, type OpCall, type VjpRules } from './rule.ts'

type Extreme = 'max' | 'min'

/** `shape` with length 1 on the reduced axes. */
const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((length, i) => (axes.includes(i) ? 1 : length))

/** A cotangent of a reduction, broadcast over the reduced axes to the shape of its input. */
const expand = (g: Tensor, x: Tensor, axes: readonly number[]): Tensor =>
  broadcastTo(reshape(g, keptShape(x.shape, axes)), x.shape)

/** Gradient of `max` and `min`: shared equally by the elements that attain the extremum. */
function extremeGradient({ x: [x], y: [y], params: { axes } }: OpCall<Extreme>): Tensor {
  const attains = cast(equal(x, reshape(y, keptShape(x.shape, axes))), x.dtype)
  return div(attains, sum(attains, axes, true))
}

/**
 * Gradient of `prod`: for each element the product of all others. Made by multiplication alone, so that zeros need no special case, and
 * along a tree of pairs, O(n) in time and memory: a million numbers in 60 ops.
 */
function prodGradient({ x: [x], params: { axes } }: OpCall<'prod'>): Tensor {
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes)
  const moved = transpose(x, order)
  const n = axes.reduce((count, axis) => count * x.shape[axis], 1)
  const others = x.size === 0 ? moved : productsOfOthers(reshape(moved, [x.size / n, n]))
  return transpose(reshape(others, moved.shape), inversePermutation(order))
}

const oneMoreInRows = [
  [0, 0],
  [0, 1],
] as const

/** For each number of a row `[P, n]` the product of the others: its neighbour in a pair, times all other pairs. */
function productsOfOthers(x: Tensor): Tensor {
  const [rows, n] = x.shape
  if (n === 1) return onesLike(x)
  if (n === 2) return flip(x, 1)
  const half = Math.ceil(n / 2)
  const even = n === 2 * half ? x : pad(x, oneMoreInRows, 1)
  const pairs = reshape(even, [rows, half, 2])
  const otherPairs = productsOfOthers(prod(pairs, 2))
  const others = reshape(mul(flip(pairs, 2), expandDims(otherPairs, 2)), even.shape)
  return n === 2 * half ? others : slice(others, [0, 0], x.shape)
}

type Recurrence = 'cumprod' | 'linearRecurrence'

/** Along an axis what stands one place before each element, in the direction of a recurrence, and `start` before the first. */
function before(x: Tensor, axis: number, reverse: boolean, start: number): Tensor {
  const length = x.shape[axis]
  if (length === 0) return x
  const [from, room] = reverse ? [1, [0, 1] as const] : [0, [1, 0] as const]
  const kept = slice(
    x,
    x.shape.map((_, i) => (i === axis ? from : 0)),
    x.shape.with(axis, length - 1),
  )
  return pad(
    kept,
    x.shape.map((_, i) => (i === axis ? room : [0, 0])),
    start,
  )
}

/** The cotangents of what each step of h[t] = a[t] h[t − 1] + b[t] adds: λ[t] = g[t] + a[t + 1] λ[t + 1]. */
const recurrenceBack = (g: Tensor, { x: [a], params: { axis, reverse } }: OpCall<Recurrence>): Tensor =>
  linearRecurrence(before(a, axis, !reverse, 0), g, axis, !reverse)

/** What every factor of a recurrence stands beside: the result one step before. */
const factorSlopes = ({ op, y, params: { axis, reverse } }: OpCall<Recurrence>): Tensor =>
  before(y[0], axis, reverse, op.name === 'cumprod' ? 1 : 0)

/** The recurrence with the same factors, of what each step adds to a tangent. */
const recurrenceOf = (t: Tensor, { x: [a], params: { axis, reverse } }: OpCall<Recurrence>): Tensor =>
  linearRecurrence(a, t, axis, reverse)

const extremeVjp = (g: Tensor, call: OpCall<Extreme>): Tensor =>
  mul(expand(g, call.x[0], call.params.axes), extremeGradient(call))

const extremeJvp = (t: Tensor, call: OpCall<Extreme>): Tensor =>
  sum(mul(t, extremeGradient(call)), call.params.axes, call.params.keepDims)

/** Rules that hold in both modes: indices are constant where they exist. */
export const reductionRules = {
  argMax: null,
  argMin: null,
} satisfies JvpRules

export const reductionVjp = {
  sum: (g, { x, params }) => expand(g, x[0], params.axes),
  prod: (g, call) => mul(expand(g, call.x[0], call.params.axes), prodGradient(call)),
  max: extremeVjp,
  min: extremeVjp,
  cumsum: (g, { params: { axis, reverse } }) => cumsum(g, axis, !reverse),
  cumprod: (g, call) => mul(recurrenceBack(g, call), factorSlopes(call)),
  linearRecurrence: {
    shared: recurrenceBack,
    partials: [(back, call) => mul(back, factorSlopes(call)), (back) => back],
  },
} satisfies VjpRules

export const reductionJvp = {
  sum: linearJvp,
  prod: (t, call) => sum(mul(t, prodGradient(call)), call.params.axes, call.params.keepDims),
  max: extremeJvp,
  min: extremeJvp,
  cumsum: linearJvp,
  cumprod: (t, call) => recurrenceOf(mul(t, factorSlopes(call)), call),
  linearRecurrence: [(t, call) => recurrenceOf(mul(t, factorSlopes(call)), call), recurrenceOf],
} satisfies JvpRules
