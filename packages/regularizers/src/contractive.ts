import { type Autoencoder, type Objective, withoutGradient } from '@facet/models'
import { mul } from '@facet/tensor'
import { expectNumber, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { contractivePenalty } from './contractive-penalty.ts'
import { type NormKind, normTable } from './norms.ts'
import { defaultWeight } from './options.ts'

/** The settings of {@link contractive}. */
export interface ContractiveOptions {
  /** λ; default 0.01. */
  readonly weight?: number
  /** Default `squared`. */
  readonly norm?: NormKind
}

/**
 * The contractive regularizer: `mean_n ‖A^E(x_n)‖²_F`, the encoder's exact Jacobian on the region of each sample
 * (SPEC 2). Add it to `reconstruction()`. Reports `contractive`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { contractive } from '@facet/regularizers'
 * const objective = [reconstruction(), contractive({ weight: 0.1 })] // for fit(model, data, { objective, … })
 */
export function contractive(options: ContractiveOptions = {}): Objective {
  expectOptions('contractive', options, ['weight', 'norm'])
  const { weight = defaultWeight, norm = 'squared' } = options
  expectNumber('contractive', 'weight', weight)
  expectOneOf('contractive', 'norm', norm, Object.keys(normTable))
  let model: Autoencoder
  return {
    name: 'contractive',
    parameters: [],
    settings: { weight, norm },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss({ x }) {
      const { encoder } = model
      const code = withoutGradient(encoder.parameters, () => encoder.regionCode(x))
      const value = contractivePenalty(encoder.jacobian(code), norm)
      return { loss: mul(value, weight), values: { contractive: value } }
    },
    diagnostics: () => ({}),
  }
}
