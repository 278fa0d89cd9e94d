import {
  amountAt,
  amountSetting,
  type Model,
  networksOf,
  type Objective,
  type ObjectiveRun,
  withoutGradient,
} from '@facet/models'
import { mul } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { jacobianNorms } from './jacobian-norms.ts'
import { normRow, weightRow } from './options.ts'

const contractiveOptions = optionTable('contractive', {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
  /** Default `squared`. */
  norm: normRow,
})

/** The settings of {@link contractive}. */
export type ContractiveOptions = OptionsOf<typeof contractiveOptions>

/**
 * The contractive regularizer: `mean_n ‖A^E(x_n)‖²_F`, the encoder's exact Jacobian on the region of each sample
 * (docs/mathematics.md 4.2). Add it to `reconstruction()`. Of a network, beside its own objective, it is the Jacobian of the whole. Reports `contractive`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { contractive } from '@facet/regularizers'
 * const objective = [reconstruction(), contractive({ weight: 0.1 })] // for fit(model, data, { objective, … })
 */
export function contractive(options: ContractiveOptions = {}): Objective<ObjectiveRun, Model> {
  const { weight, norm } = contractiveOptions.resolve(options)
  return {
    name: 'contractive',
    settings: { weight: amountSetting(weight), norm },
    start(model) {
      const [encoder] = networksOf(model)
      return {
        parameters: [],
        loss({ x }, at) {
          const code = withoutGradient(encoder.parameters, () => encoder.regionCode(x))
          const value = jacobianNorms(encoder.jacobianFactors(code), x.shape[0], norm).contractive()
          return { loss: mul(value, amountAt(weight, at)), values: { contractive: value } }
        },
        diagnostics: () => ({}),
      }
    },
  }
}
