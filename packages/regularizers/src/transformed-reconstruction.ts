import type { Autoencoder, Objective } from '@facet/models'
import { type Key, mean, mul, square, stopGradient, sub, type Tensor } from '@facet/tensor'

/** What sets one objective that reconstructs changed samples from another. */
export interface Transformation {
  readonly name: string
  /** λ. */
  readonly weight: number
  /** Everything else that tells it from others of its name. */
  readonly settings: NonNullable<Objective['settings']>
  /** The name that the mean squared error is reported under. */
  readonly reported: string
  prepare(model: Autoencoder, data: Tensor): void
  /** Changed samples [N, d] for those of a batch x [N, d]. */
  transform(x: Tensor, key: Key): Tensor
  diagnostics?(): Record<string, number | number[]>
}

/**
 * `λ · MSE(x', D(E(x')))` with x' the changed samples of the batch, made anew every step. They are data: what makes them is held,
 * so that the backward pass ends at the encoder's first layer.
 */
export function transformedReconstruction(transformation: Transformation): Objective {
  const { name, weight, settings, reported, transform, diagnostics = () => ({}) } = transformation
  let model: Autoencoder
  return {
    name,
    parameters: [],
    settings: { weight, ...settings },
    prepare(autoencoder, data) {
      model = autoencoder
      transformation.prepare(autoencoder, data)
    },
    loss({ x }, key) {
      const changed = transform(stopGradient(x), key)
      const mse = mean(square(sub(model.reconstruct(changed), changed)))
      return { loss: mul(mse, weight), values: { [reported]: mse } }
    },
    diagnostics,
  }
}
