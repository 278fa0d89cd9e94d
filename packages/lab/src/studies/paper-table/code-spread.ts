import { type Autoencoder, withoutGradient } from '@facet/models'
import { scope, square, sum, type Tensor } from '@facet/tensor'

/** Quantile 0.99 of the normal distribution. */
const z99 = 2.3263

/** Quantile 0.99 of χ² with h degrees of freedom (Wilson and Hilferty 1931; within 1 % from h = 2 on). */
export const chiSquare99 = (h: number): number => h * (1 - 2 / (9 * h) + z99 * Math.sqrt(2 / (9 * h))) ** 3

/**
 * Where the codes of the training samples lie beside the θ ~ N(0, I) at which the Lie-group regularizers look: codes that
 * have grown out of it are regularized no more (docs/mathematics.md 5.8).
 */
export function codeSpread(model: Autoencoder, train: Tensor): { rms: number; outside: number } {
  const squares = scope(
    () =>
      withoutGradient(model.encoder.parameters, () =>
        sum(square(model.encode(train)), 1),
      ).toArray() as number[],
  )
  const limit = chiSquare99(model.bottleneck)
  const total = squares.reduce((a, b) => a + b, 0)
  return {
    rms: Math.sqrt(total / (squares.length * model.bottleneck)),
    outside: squares.filter((size) => size > limit).length / squares.length,
  }
}
