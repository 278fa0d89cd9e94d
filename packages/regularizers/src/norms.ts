import { greater, sqrt, square, sum, type Tensor, where } from '@facet/tensor'

export const normKinds = ['squared', 'plain'] as const

/** A Frobenius norm squared, or as it is. */
export type NormKind = (typeof normKinds)[number]

/** The norm of each square. A plain norm of 0 has gradient 0: the derivative of √ is kept away from 0. */
export const normOfSquareTable: Readonly<Record<NormKind, (squared: Tensor) => Tensor>> = {
  squared: (squared) => squared,
  plain: (squared) => {
    const positive = greater(squared, 0)
    return where(positive, sqrt(where(positive, squared, 1)), 0)
  },
}

/** The norm over the given axes. */
export const normOver = (norm: NormKind, x: Tensor, axes: readonly number[]): Tensor =>
  normOfSquareTable[norm](sum(square(x), [...axes]))
