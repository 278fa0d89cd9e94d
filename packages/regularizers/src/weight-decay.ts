import {
  amountAt,
  amountSetting,
  type Model,
  networksOf,
  type Objective,
  type ObjectiveRun,
} from '@facet/models'
import { add, mul, square, sum } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { weightRow } from './options.ts'

const weightDecayOptions = optionTable('weightDecay', {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
})

/** The settings of {@link weightDecay}. */
export type WeightDecayOptions = OptionsOf<typeof weightDecayOptions>

/**
 * L2 weight decay: `λ Σ ‖W‖²_F` over the weights of encoder and decoder, or of a network: matrices and kernels, skips included and biases
 * left alone (docs/mathematics.md 4). Add it to `reconstruction()`, `meanSquaredError()`, …. Reports `weightDecay`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a weight below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { weightDecay } from '@facet/regularizers'
 * const objective = [reconstruction(), weightDecay({ weight: 1e-4 })] // for fit(model, data, { objective, … })
 */
export function weightDecay(options: WeightDecayOptions = {}): Objective<ObjectiveRun, Model> {
  const { weight } = weightDecayOptions.resolve(options)
  return {
    name: 'weightDecay',
    settings: { weight: amountSetting(weight) },
    start: (model) => ({
      parameters: [],
      loss(_batch, at) {
        const weights = networksOf(model).flatMap((network) => network.weights)
        const value = weights.map((weight) => sum(square(weight.value))).reduce((a, b) => add(a, b))
        return { loss: mul(value, amountAt(weight, at)), values: { weightDecay: value } }
      },
      diagnostics: () => ({}),
    }),
  }
}
