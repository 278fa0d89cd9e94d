import { amountSetting, anAmount, type Objective } from '@facet/models'
import { add, mean, square, sub } from '@facet/tensor'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { corruption } from './corruption.ts'

const denoisingOptions = optionTable('denoising', {
  /** σ, standard deviation of the corruption, a number or a schedule; default 0.1. */
  sigma: withDefault(anAmount(), 0.1),
})

/** The settings of {@link denoising}. */
export type DenoisingOptions = OptionsOf<typeof denoisingOptions>

/**
 * The denoising objective (docs/mathematics.md 4.1): encode `x + σ n`, n ~ N(0, I), and reconstruct `x`; mean
 * squared error over samples and dimensions. It takes the place of `reconstruction()`. Reports `mse`, that of the
 * corrupted samples.
 *
 * @throws TypeError for an unknown option, RangeError for a sigma below 0.
 * @example
 * import { denoising } from '@facet/regularizers'
 * const objective = denoising({ sigma: 0.01 }) // for fit(model, data, { objective, … })
 */
export function denoising(options: DenoisingOptions = {}): Objective {
  const { sigma } = denoisingOptions.resolve(options)
  return {
    name: 'denoising',
    trains: 'autoencoder',
    settings: { sigma: amountSetting(sigma) },
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const corrupted = add(x, corruption(at, x.shape, model.dtype, sigma))
        const mse = mean(square(sub(model.reconstruct(corrupted), x)))
        return { loss: mse, values: { mse } }
      },
      diagnostics: () => ({}),
    }),
  }
}
