import type { Autoencoder, Objective } from '@facet/models'
import { add, mean, mul, square, sub } from '@facet/tensor'
import { expectNumber, expectOptions } from '@facet/tensor/checks'

/** The settings of {@link denoising}. */
export interface DenoisingOptions {
  /** σ, standard deviation of the corruption; default 0.1. */
  readonly sigma?: number
}

/**
 * The denoising objective (SPEC 2): encode `x + σ n`, n ~ N(0, I), and reconstruct `x`; mean squared error over
 * samples and dimensions. It takes the place of `reconstruction()`. Reports `mse`, that of the corrupted samples.
 *
 * @throws TypeError for an unknown option, RangeError for a sigma below 0.
 * @example
 * import { denoising } from '@facet/regularizers'
 * const objective = denoising({ sigma: 0.01 }) // for fit(model, data, { objective, … })
 */
export function denoising(options: DenoisingOptions = {}): Objective {
  expectOptions('denoising', options, ['sigma'])
  const { sigma = 0.1 } = options
  expectNumber('denoising', 'sigma', sigma)
  let model: Autoencoder
  return {
    name: 'denoising',
    parameters: [],
    settings: { sigma },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss({ x }, key) {
      const corrupted = add(x, mul(key.child('corruption').normal(x.shape, model.dtype), sigma))
      const mse = mean(square(sub(model.reconstruct(corrupted), x)))
      return { loss: mse, values: { mse } }
    },
    diagnostics: () => ({}),
  }
}
