import {
  abs,
  div,
  greater,
  max,
  maximum,
  min,
  minimum,
  mul,
  ones,
  reciprocal,
  square,
  type Tensor,
  where,
} from '@facet/tensor'
import { type Lazy, lazy } from '../numbers/lazy.ts'
import { powerOfTwo } from '../numbers/power-of-two.ts'
import { limitsOf } from './limits.ts'

/** Numbers and the variance of their rounding errors, in squares of one machine epsilon; both [N, units]. */
export interface Uncertain {
  readonly value: Tensor
  readonly variance: Tensor
}

/** Uncertain numbers, of which every row has units of its own. */
export interface Rows extends Uncertain {
  /** The number 1 in the units of each row, [N, 1]: a power of two. */
  readonly one: Lazy<Tensor>
}

/** Rows divided by a power of two that makes their largest magnitude lie in [1, 2). */
export interface ScaledRows extends Rows {
  /** That power of two, [N, 1]. */
  readonly scale: Tensor
  /** The largest magnitude before the division, [N, 1]: not finite where one number of the row is not, or nothing can be said of it. */
  readonly largest: Tensor
}

/** Whether a row can be told from the least of its sizes, zeros aside, before and after the division. */
export type Told = (least: Tensor, scaled: Tensor) => Tensor

/** Numbers that were rounded once. */
export function uncertain(x: Tensor): ScaledRows {
  const { value, scale, largest, inverse } = divided(x, (_, scaled) => greater(scaled, 0))
  return { value, variance: square(value), scale, largest, one: () => inverse }
}

/** Directions: their length is told apart from them. */
export function uncertainDirection(x: Tensor): ScaledRows {
  const rows = uncertain(x)
  return { ...rows, one: lazy(() => ones(rows.scale.shape, x.dtype)) }
}

/** Rows divided by a power of two of about the size of their largest number, or by `ofZero` where all are 0. */
export function divided(x: Tensor, told: Told | null, ofZero: Tensor | number = 1) {
  const size = abs(x)
  const largest = max(size, 1, true)
  const scale = powerOfTwo(largest, ofZero)
  const inverse = reciprocal(scale)
  const value = mul(x, inverse)
  if (told === null) return { value, scale, inverse, largest }
  const least = min(where(greater(size, 0), size, Infinity), 1, true)
  const isTold = told(least, mul(least, inverse))
  return { value, scale, inverse, largest: where(isTold, largest, Infinity) }
}

/** The number 1 of rows that are divided by one power of two, or two. */
export function oneAfter(one: Tensor, a: Tensor, b: Tensor | null): Tensor {
  const most = limitsOf(one.dtype).one
  return minimum(maximum(b === null ? div(one, a) : dividedByBoth(one, a, b), 1 / most), most)
}

/** `x / (a b)` of powers of two: what brings x nearer to 1 goes first, so that nothing on the way leaves the range. */
function dividedByBoth(x: Tensor, a: Tensor, b: Tensor): Tensor {
  const [larger, smaller] = [maximum(a, b), minimum(a, b)]
  const isLarge = greater(x, 1)
  return div(div(x, where(isLarge, larger, smaller)), where(isLarge, smaller, larger))
}
