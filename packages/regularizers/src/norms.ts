import { greater, sqrt, square, sum, type Tensor, where } from '@facet/tensor'

export const normKinds = ['squared', 'plain'] as const

/** A Frobenius norm squared, or as it is. */
export type NormKind = (typeof normKinds)[number]

/**
 * The norms over the given axes. A plain norm of 0 has gradient 0: the derivative of √ is kept away from 0.
 */
export const normTable: Readonly<Record<NormKind, (x: Tensor, axes: readonly number[]) => Tensor>> = {
  squared: (x, axes) => sum(square(x), [...axes]),
  plain: (x, axes) => {
    const squared = sum(square(x), [...axes])
    const positive = greater(squared, 0)
    return where(positive, sqrt(where(positive, squared, 1)), 0)
  },
}
