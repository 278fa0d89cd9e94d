import { dispatch } from '../dispatch.ts'
import type { OpName, OpParams, ReduceParams } from '../op-params.ts'
import { expectFloat } from '../op-rows/row.ts'
import { normaliseAxes, normaliseAxis } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import {
  add,
  cast,
  div,
  equal,
  exp,
  isFinite,
  log,
  notEqual,
  sqrt,
  square,
  stopGradient,
  sub,
  where,
} from './elementwise.ts'
import { reshape, slice } from './layout.ts'

type Reduction = { [N in OpName]: OpParams[N] extends ReduceParams ? N : never }[OpName]
type Axes = number | readonly number[]

const reduction =
  (name: Reduction) =>
  (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
    dispatch(name, [x], { axes: normaliseAxes(name, axes, x.rank), keepDims })[0]

/** Sum over `axes` (default all); the sum of nothing is 0. */
export const sum = reduction('sum')
/** Product over `axes` (default all); the product of nothing is 1. */
export const prod = reduction('prod')
/** Largest element over `axes` (default all); NaN wins, and of two zeros +0. @throws for an empty axis. */
export const max = reduction('max')
/** Smallest element over `axes` (default all); NaN wins, and of two zeros −0. @throws for an empty axis. */
export const min = reduction('min')

const countOver = (x: Tensor, axes: readonly number[]): number =>
  axes.reduce((n, axis) => n * x.shape[axis], 1)

/** Arithmetic mean over `axes` (default all); the mean of nothing is NaN. */
export function mean(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  expectFloat('mean', x)
  const over = normaliseAxes('mean', axes, x.rank)
  // Not times 1 / n: of 41 ones that is 1 − 2⁻²⁴.
  return div(sum(x, over, keepDims), countOver(x, over))
}

/**
 * Mean squared distance from the mean over `axes` (default all); `correction` 1 divides by n − 1. Of equal numbers it is 0, whatever
 * they are.
 */
export function variance(x: Tensor, axes?: Axes, keepDims = false, correction = 0): Tensor {
  expectFloat('variance', x)
  const over = normaliseAxes('variance', axes, x.rank)
  const count = countOver(x, over)
  // Distances from one of the numbers are small where their spread is, so that their mean loses nothing: equal numbers are 0 from
  // each other, where the mean of 41 times 0.1 is not 0.1.
  const from = count === 0 ? x : sub(x, stopGradient(firstOver(x, over)))
  const centred = sub(from, mean(from, over, true))
  return div(sum(square(centred), over, keepDims), count - correction)
}

/** The first element along each of `over`, kept as axes of length 1. */
const firstOver = (x: Tensor, over: readonly number[]): Tensor =>
  slice(
    x,
    x.shape.map(() => 0),
    x.shape.map((length, i) => (over.includes(i) ? 1 : length)),
  )

/** Square root of a sum of squares, whose slope is 0 where they are all 0: the value is least there. */
function rootOfSquares(total: Tensor): Tensor {
  const none = equal(total, 0)
  return where(none, 0, sqrt(where(none, 1, total)))
}

/** Square root of {@link variance}. The slope where all elements are equal is 0. */
export const standardDeviation = (x: Tensor, axes?: Axes, keepDims = false, correction = 0): Tensor =>
  rootOfSquares(variance(x, axes, keepDims, correction))

/** Euclidean norm over `axes` (default all). The slope where all elements are 0 is 0, in both modes of differentiation. */
export function norm(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  expectFloat('norm', x)
  return rootOfSquares(sum(square(x), axes, keepDims))
}

/** `log Σ exp(x)`, without overflow. */
export function logSumExp(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  expectFloat('logSumExp', x)
  const over = normaliseAxes('logSumExp', axes, x.rank)
  const top = stopGradient(max(x, over, true))
  const shift = where(isFinite(top), top, 0)
  const total = add(log(sum(exp(sub(x, shift)), over, true)), shift)
  return keepDims
    ? total
    : reshape(
        total,
        total.shape.filter((_, i) => !over.includes(i)),
      )
}

const asBool = (x: Tensor): Tensor => (x.dtype === 'bool' ? x : notEqual(x, 0))

/** Whether any element is true (or not 0) over `axes`. False for none. */
export const any = (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
  notEqual(sum(cast(asBool(x), 'int32'), axes, keepDims), 0)

/** Whether all elements are true (or not 0) over `axes`. True for none. */
export const all = (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
  notEqual(prod(cast(asBool(x), 'int32'), axes, keepDims), 0)

/** Index of the largest element along `axis`, the first on ties: int32. NaN beats all numbers, the zeros are a tie. @throws for an empty axis. */
export const argMax = (x: Tensor, axis: number): Tensor =>
  dispatch('argMax', [x], { axis: normaliseAxis('argMax', axis, x.rank) })[0]

/** Index of the smallest element along `axis`, the first on ties: int32. NaN beats all numbers, the zeros are a tie. @throws for an empty axis. */
export const argMin = (x: Tensor, axis: number): Tensor =>
  dispatch('argMin', [x], { axis: normaliseAxis('argMin', axis, x.rank) })[0]

/** Running sum along `axis`. */
export const cumsum = (x: Tensor, axis: number): Tensor =>
  dispatch('cumsum', [x], { axis: normaliseAxis('cumsum', axis, x.rank), reverse: false })[0]
