import {
  amountAt,
  amountSetting,
  anAmount,
  type Model,
  networksOf,
  type Objective,
  type ObjectiveRun,
  withoutGradient,
} from '@facet/models'
import { add, concat, expandDims, mul, reshape } from '@facet/tensor'
import { aCount, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { corruption } from './corruption.ts'
import { jacobianNorms } from './jacobian-norms.ts'
import { normRow, weightRow } from './options.ts'

const higherOrderContractiveOptions = optionTable('higherOrderContractive', {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
  /** γ, the share of the differences between Jacobians, a number or a schedule; default 1. */
  gamma: withDefault(anAmount(), 1),
  /** σ, standard deviation of the corruption, a number or a schedule; default 0.1. */
  sigma: withDefault(anAmount(), 0.1),
  /** K, corrupted copies of each sample; default 1. */
  samples: withDefault(aCount(), 1),
  /** Default `squared`. */
  norm: normRow,
})

/** The settings of {@link higherOrderContractive}. */
export type HigherOrderContractiveOptions = OptionsOf<typeof higherOrderContractiveOptions>

/**
 * The higher-order contractive regularizer (docs/mathematics.md 4.2), added to `reconstruction()`:
 * `mean_n ‖A^E(x_n)‖²_F + γ mean_n mean_j ‖A^E(x_n) − A^E(x_n + σ n_nj)‖²_F`, n ~ N(0, I), j = 1 … K.
 *
 * Of a network, beside its own objective, A is the Jacobian of the whole. Reports `contractive` and `higherOrder`, its two parts, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { higherOrderContractive } from '@facet/regularizers'
 * // for fit(model, data, { objective, … })
 * const objective = [reconstruction(), higherOrderContractive({ sigma: 0.1, samples: 4 })]
 */
export function higherOrderContractive(
  options: HigherOrderContractiveOptions = {},
): Objective<ObjectiveRun, Model> {
  const { weight, gamma, sigma, samples, norm } = higherOrderContractiveOptions.resolve(options)
  const [lambda, share, deviation] = [weight, gamma, sigma].map(amountSetting)
  return {
    name: 'higherOrderContractive',
    settings: { weight: lambda, gamma: share, sigma: deviation, samples, norm },
    start(model) {
      const [encoder] = networksOf(model)
      const { dtype } = model
      return {
        parameters: [],
        loss({ x }, at) {
          const [count, dimension] = x.shape
          const noise = corruption(at, [count, samples, dimension], dtype, sigma)
          const corrupted = add(expandDims(x, 1), noise)
          const all = concat([x, reshape(corrupted, [count * samples, dimension])], 0)
          const code = withoutGradient(encoder.parameters, () => encoder.regionCode(all))
          const norms = jacobianNorms(encoder.jacobianFactors(code), count, norm)
          const first = norms.contractive()
          const second = norms.higherOrder()
          return {
            loss: mul(add(first, mul(second, amountAt(gamma, at))), amountAt(weight, at)),
            values: { contractive: first, higherOrder: second },
          }
        },
        diagnostics: () => ({}),
      }
    },
  }
}
