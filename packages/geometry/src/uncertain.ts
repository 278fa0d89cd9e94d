import type { RegionLayer } from '@facet/models'
import {
  abs,
  add,
  applySlopes,
  type DType,
  div,
  greater,
  greaterEqual,
  matmul,
  max,
  min,
  minimum,
  mul,
  reciprocal,
  square,
  type Tensor,
  where,
} from '@facet/tensor'
import { belowReach, powerOfTwo, withinReach } from './power-of-two.ts'
import type { ScaledLayer } from './scaled-layer.ts'

/**
 * A row of zeros is given the scale that lets the next layer's biases be multiplied by 1, because it may be silent for good. It
 * may also be zero by cancellation, with errors of the size that its terms had: their squares stay in range if the scale
 * goes no further than this share of its reach.
 */
const ZERO_SHARE = 0.3

interface Limits {
  /**
   * The smallest number beside 1 in a row, zeros aside. What is smaller may vanish in a product with weights, or come out of one
   * that has vanished in part: of such a row nothing is said.
   */
  readonly smallest: number
  /** The smallest that a bias may be alone: well above the trace that a vanished one leaves. */
  readonly smallestBias: number
}

const LIMITS: Readonly<Partial<Record<DType, Limits>>> = {
  float32: { smallest: 2 ** -90, smallestBias: 2 ** -136 },
  float64: { smallest: 2 ** -850, smallestBias: 2 ** -1050 },
}

/** Numbers and the variance of their rounding errors, in squares of one machine epsilon; both [N, units]. */
export interface Uncertain {
  readonly value: Tensor
  readonly variance: Tensor
}

/** Uncertain numbers, every row divided by a power of two that makes its largest magnitude lie in [1, 2). */
export interface ScaledRows extends Uncertain {
  /** That power of two, [N, 1]. */
  readonly scale: Tensor
  /** The largest magnitude before the division, [N, 1]: not finite where one number of the row is not. */
  readonly largest: Tensor
}

/** Numbers that were rounded once. */
export function uncertain(x: Tensor): ScaledRows {
  const { value, scale, largest } = scaledRows(x, (_, scaled) => greater(scaled, 0))
  return { value, variance: square(value), scale, largest }
}

/**
 * A layer's pre-activations. Errors are taken as independent, so that variances add: what came in, what is added as bias,
 * and what rounding the sum costs. Adding magnitudes instead, the bound of the worst case, overstates the errors more
 * with every layer: in float32 it put so many units on the wall that 6 of 200 rays through the origin of a
 * zero-bias network 10-64-64-64-64 came out wrong, against none with variances.
 *
 * @param options `one`: the number 1 in the units of each row, [N, 1], what biases are multiplied by; `null` for none. `isChecked`:
 * whether `largest` is to tell rows with numbers that are too small beside it.
 */
export function throughWeights(
  { weight, squares, bias, trace, scale }: ScaledLayer,
  { value, variance }: Uncertain,
  { one, isChecked }: { readonly one: Tensor | null; readonly isChecked: boolean },
): ScaledRows {
  const shift = bias === null || trace === null || one === null ? null : add(mul(one, bias), trace)
  const product = matmul(value, weight, { transposeB: true })
  const ofZero =
    shift === null || one === null ? 1 : withinReach(scale === null ? one : div(one, scale), ZERO_SHARE)
  const { smallest, smallestBias } = LIMITS[product.dtype]!
  // Biases of silent rows may be smaller than what is lost of a product, but not so small that they are rounded.
  const head = shift === null ? 1 : smallest / smallestBias
  const told = (least: Tensor, scaled: Tensor) => greaterEqual(minimum(scaled, mul(least, head)), smallest)
  const rows = scaledRows(shift === null ? product : add(product, shift), isChecked ? told : null, ofZero)
  const inherited = matmul(variance, squares, { transposeB: true })
  const rounded = add(mul(inherited, belowReach(square(rows.inverse))), square(rows.value))
  return {
    ...rows,
    variance: shift === null ? rounded : add(rounded, square(mul(shift, rows.inverse))),
  }
}

/** Behind the activation: slopes multiply values, their squares variances. */
export function throughStates({ words, activation }: RegionLayer, { value, variance }: Uncertain): Uncertain {
  const slopes = (x: Tensor) => applySlopes(words, x, activation)
  return { value: slopes(value), variance: slopes(slopes(variance)) }
}

/** @param told whether a row can be told from the least of its sizes, zeros aside, before and after the division. */
function scaledRows(
  x: Tensor,
  told: ((least: Tensor, scaled: Tensor) => Tensor) | null,
  ofZero: Tensor | number = 1,
) {
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
