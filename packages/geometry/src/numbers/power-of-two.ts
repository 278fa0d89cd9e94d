import {
  abs,
  type DType,
  greater,
  machineEpsilon,
  maximum,
  minimum,
  mul,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'

/**
 * How many octaves scales go up and down: they, their inverses and their products with a sum of squares stay numbers. What is
 * larger or smaller still is divided by the last of them, which leaves 2^28 in float32 and 2^124 in float64.
 */
const REACH: Readonly<Partial<Record<DType, number>>> = { float32: 100, float64: 900 }

/**
 * The power of two at or below each magnitude, by which numbers can be divided without rounding; `ofZero` for 0 and NaN.
 *
 * Two products and a difference (Rump's unit in the first place): logarithms and powers would have to be exact.
 *
 * @param x float, ≥ 0
 */
export function powerOfTwo(x: Tensor, ofZero: Tensor | number = 1): Tensor {
  const epsilon = machineEpsilon(x.dtype)
  const spread = mul(withinReach(x), 1 / epsilon + 1)
  return where(greater(x, 0), abs(sub(spread, mul(spread, 1 - epsilon / 2))), ofZero)
}

/** Magnitudes, with those above the reach of scales put on its edge. */
export const belowReach = (x: Tensor): Tensor => minimum(x, 2 ** REACH[x.dtype]!)

/** Magnitudes, with those beyond the reach of scales put on its edge; `share` of its octaves away, if told. */
export function withinReach(x: Tensor, share = 1): Tensor {
  const reach = 2 ** Math.floor(REACH[x.dtype]! * share)
  return minimum(maximum(x, 1 / reach), reach)
}
