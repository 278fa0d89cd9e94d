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
 * How far scales go, as a power of two: they, their inverses and their products with a sum of squares stay numbers. What is
 * larger or smaller still is divided by the last of them, which leaves 2^28 in float32 and 2^124 in float64.
 */
const REACH: Readonly<Partial<Record<DType, number>>> = { float32: 2 ** 100, float64: 2 ** 900 }

/**
 * The power of two at or below each magnitude, by which numbers can be divided without rounding; 1 for 0 and NaN.
 *
 * Two products and a difference (Rump's unit in the first place): logarithms and powers would have to be exact.
 *
 * @param x float, ≥ 0
 */
export function powerOfTwo(x: Tensor): Tensor {
  const epsilon = machineEpsilon(x.dtype)
  const spread = mul(withinReach(x), 1 / epsilon + 1)
  return where(greater(x, 0), abs(sub(spread, mul(spread, 1 - epsilon / 2))), 1)
}

/** Magnitudes, with those beyond the reach of scales put on its edge. */
export function withinReach(x: Tensor): Tensor {
  const reach = REACH[x.dtype]!
  return minimum(maximum(x, 1 / reach), reach)
}
