import {
  abs,
  div,
  greater,
  isFinite,
  logicalAnd,
  max,
  mul,
  notEqual,
  reshape,
  sqrt,
  square,
  stopGradient,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'

export const normKinds = ['squared', 'plain'] as const

/** A Frobenius norm squared, or as it is. */
export type NormKind = (typeof normKinds)[number]

/**
 * The norms over the given axes. A plain norm of 0 has gradient 0: the derivative of √ is kept away from 0. It is taken of numbers
 * divided by their largest magnitude: the squares of 1e20 and 1e-25 have no place in float32. NaN gives NaN.
 */
export const normTable: Readonly<Record<NormKind, (x: Tensor, axes: readonly number[]) => Tensor>> = {
  squared: (x, axes) => sum(square(x), [...axes]),
  plain: (x, axes) => {
    const largest = stopGradient(max(abs(x), [...axes], true))
    // 0, NaN and infinity stay what they are.
    const scale = where(logicalAnd(greater(largest, 0), isFinite(largest)), largest, 1)
    const squared = sum(square(div(x, scale)), [...axes])
    const positive = notEqual(squared, 0)
    return mul(where(positive, sqrt(where(positive, squared, 1)), 0), reshape(scale, squared.shape))
  },
}
