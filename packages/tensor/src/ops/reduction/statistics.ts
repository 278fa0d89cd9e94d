import { expectFloat } from '../../op-checks.ts'
import { normaliseAxes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { add, div, sub } from '../elementwise/binary.ts'
import { equal, isFinite } from '../elementwise/logic.ts'
import { where } from '../elementwise/ternary.ts'
import { exp, log, sqrt, square, stopGradient } from '../elementwise/unary.ts'
import { reshape } from '../layout/reshape.ts'
import { slice } from '../layout/slice.ts'
import { type Axes, max, sum } from './fold.ts'

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
