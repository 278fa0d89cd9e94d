import type { RegionLayer } from '@facet/models'
import { abs, add, applySlopes, div, matmul, max, mul, reciprocal, square, type Tensor } from '@facet/tensor'
import { powerOfTwo, withinReach } from './power-of-two.ts'
import type { ScaledLayer } from './scaled-layer.ts'

/**
 * A row of zeros is given the scale that lets the next layer's biases be multiplied by 1, because it may be silent for good. It
 * may also be zero by cancellation, with errors of the size that its terms had: their squares stay in range if the scale
 * goes no further than this share of its reach.
 */
const ZERO_SHARE = 0.3

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
  const { value, scale, largest } = scaledRows(x)
  return { value, variance: square(value), scale, largest }
}

/**
 * A layer's pre-activations. Errors are taken as independent, so that variances add: what came in, what is added as bias,
 * and what rounding the sum costs. Adding magnitudes instead, the bound of the worst case, overstates the errors more
 * with every layer: in float32 it put so many units on the wall that 6 of 200 rays through the origin of a
 * zero-bias network 10-64-64-64-64 came out wrong, against none with variances.
 *
 * @param one the number 1 in the units of each row, [N, 1]: what biases are multiplied by; `null` for none.
 */
export function throughWeights(
  { weight, squares, bias, scale }: ScaledLayer,
  { value, variance }: Uncertain,
  one: Tensor | null,
): ScaledRows {
  const shift = bias === null || one === null ? null : mul(one, bias)
  const product = matmul(value, weight, { transposeB: true })
  const ofZero =
    shift === null || one === null ? 1 : withinReach(scale === null ? one : div(one, scale), ZERO_SHARE)
  const rows = scaledRows(shift === null ? product : add(product, shift), ofZero)
  const inherited = matmul(variance, squares, { transposeB: true })
  const rounded = add(mul(inherited, withinReach(square(rows.inverse))), square(rows.value))
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

function scaledRows(x: Tensor, ofZero: Tensor | number = 1) {
  const largest = max(abs(x), 1, true)
  const scale = powerOfTwo(largest, ofZero)
  const inverse = reciprocal(scale)
  return { value: mul(x, inverse), scale, inverse, largest }
}
