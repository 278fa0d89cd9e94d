import type { Objective } from '@facet/models'
import { mean, square, sub, topKMask, where } from '@facet/tensor'
import { aCount, type OptionsOf, optionTable, required } from '@facet/tensor/checks'

const kSparseOptions = optionTable('kSparse', {
  /** How many coordinates of each code are kept, at most the bottleneck. */
  k: required(aCount()),
})

/** The settings of {@link kSparse}. */
export type KSparseOptions = OptionsOf<typeof kSparseOptions>

/**
 * The k-sparse objective (Makhzani and Frey 2013; docs/mathematics.md 4.1): reconstruct `x` from the k
 * coordinates of its code that are largest in absolute value, the others set to 0. It takes the place of
 * `reconstruction()`; the model itself still decodes whole codes. Reports `mse`, that of the sparse codes.
 *
 * @throws TypeError for an unknown option, RangeError for a k that is not an integer ≥ 1 or, when training starts,
 * above the bottleneck.
 * @example
 * import { kSparse } from '@facet/regularizers'
 * const objective = kSparse({ k: 3 }) // for fit(model, data, { objective, … })
 */
export function kSparse(options: KSparseOptions): Objective {
  const { k } = kSparseOptions.resolve(options)
  return {
    name: 'kSparse',
    trains: 'autoencoder',
    settings: { k },
    start(model) {
      if (k > model.bottleneck) {
        throw new RangeError(`kSparse: k: expected at most the bottleneck's ${model.bottleneck}, got ${k}`)
      }
      return {
        parameters: [],
        loss({ x }) {
          const latent = model.encode(x)
          const sparse = where(topKMask(latent, k), latent, 0)
          const mse = mean(square(sub(model.decode(sparse), x)))
          return { loss: mse, values: { mse } }
        },
        diagnostics: () => ({}),
      }
    },
  }
}
