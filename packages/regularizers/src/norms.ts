import {
  abs,
  div,
  equal,
  greater,
  isFinite,
  logicalAnd,
  max,
  mul,
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

/** The norm of each square. A plain norm of 0 has gradient 0: the derivative of √ is kept away from 0. NaN gives NaN. */
export const normOfSquareTable: Readonly<Record<NormKind, (squared: Tensor) => Tensor>> = {
  squared: (squared) => squared,
  plain: (squared) => {
    const isZero = equal(squared, 0)
    return where(isZero, 0, sqrt(where(isZero, 1, squared)))
  },
}

/**
 * The norms over the given axes. The plain one is taken of numbers divided by their largest magnitude: the squares of 1e20 and 1e-25
 * have no place in float32.
 */
export const normTable: Readonly<Record<NormKind, (x: Tensor, axes: readonly number[]) => Tensor>> = {
  squared: (x, axes) => sum(square(x), [...axes]),
  plain: (x, axes) => {
    const largest = stopGradient(max(abs(x), [...axes], true))
    // 0, NaN and infinity stay what they are.
    const scale = where(logicalAnd(greater(largest, 0), isFinite(largest)), largest, 1)
    const norm = normOfSquareTable.plain(sum(square(div(x, scale)), [...axes]))
    return mul(norm, reshape(scale, norm.shape))
  },
}
