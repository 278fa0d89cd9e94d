import { expectFloat } from '../../op-checks.ts'
import { normaliseAxes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { div, sub } from '../elementwise/binary.ts'
import { exp, log, stopGradient } from '../elementwise/unary.ts'
import { type Axes, max, sum } from './fold.ts'

/**
 * `exp(x) / Σ exp(x)` over `axes` (default the last), without overflow. −∞ is 0; where every entry is −∞, or one is +∞ or NaN, the result is NaN.
 *
 * @throws TypeError for other dtypes than float32 and float64; RangeError for axes that x has not, and empty ones
 * @example softmax(tensor([0, Math.log(3)])).toArray()   // [0.25, 0.75]
 */
export function softmax(x: Tensor, axes: Axes = -1): Tensor {
  const { over, shifted } = fromLargest('softmax', x, axes)
  const powers = exp(shifted)
  return div(powers, sum(powers, over, true))
}

/**
 * `x − log Σ exp(x)` over `axes` (default the last): the logarithm of {@link softmax}, also of shares that are 0 in the dtype.
 *
 * @throws as {@link softmax} does
 * @example logSoftmax(tensor([0, -1000])).toArray()   // [0, -1000]
 */
export function logSoftmax(x: Tensor, axes: Axes = -1): Tensor {
  const { over, shifted } = fromLargest('logSoftmax', x, axes)
  return sub(shifted, log(sum(exp(shifted), over, true)))
}

/** Distances from the largest entry: what is added up then is at most 1 each, and no digit of a difference is lost. */
function fromLargest(op: string, x: Tensor, axes: Axes): { over: number[]; shifted: Tensor } {
  expectFloat(op, x)
  const over = normaliseAxes(op, axes, x.rank)
  return { over, shifted: sub(x, stopGradient(max(x, over, true))) }
}
