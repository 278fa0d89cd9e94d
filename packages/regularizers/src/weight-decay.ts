import type { Autoencoder, Objective } from '@facet/models'
import { add, mul, square, sum } from '@facet/tensor'
import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { defaultWeight } from './options.ts'

/** The settings of {@link weightDecay}. */
export interface WeightDecayOptions {
  /** λ; default 0.01. */
  readonly weight?: number
}

/**
 * L2 weight decay: `λ Σ ‖W‖²_F` over the weight matrices of encoder and decoder, skips included and biases left alone (SPEC 2, further
 * baselines). Add it to `reconstruction()`. Reports `weightDecay`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a weight below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { weightDecay } from '@facet/regularizers'
 * const objective = [reconstruction(), weightDecay({ weight: 1e-4 })] // for fit(model, data, { objective, … })
 */
export function weightDecay(options: WeightDecayOptions = {}): Objective {
  expectOptions('weightDecay', options, ['weight'])
  const { weight = defaultWeight } = options
  expectNumber('weightDecay', 'weight', weight)
  let model: Autoencoder
  return {
    name: 'weightDecay',
    parameters: [],
    settings: { weight },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss() {
      const weights = [...model.encoder.weights, ...model.decoder.weights]
      const value = weights.map((weight) => sum(square(weight.value))).reduce((a, b) => add(a, b))
      return { loss: mul(value, weight), values: { weightDecay: value } }
    },
    diagnostics: () => ({}),
  }
}
