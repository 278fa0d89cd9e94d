import { amountAt, amountSetting, type Objective } from '@facet/models'
import { abs, mean, mul, sum } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { weightRow } from './options.ts'

const sparseCodeOptions = optionTable('sparseCode', {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
})

/** The settings of {@link sparseCode}. */
export type SparseCodeOptions = OptionsOf<typeof sparseCodeOptions>

/**
 * L1 sparsity of the codes: `mean_n ‖E(x_n)‖_1` (docs/mathematics.md 4). Add it to `reconstruction()`. Reports
 * `sparseCode`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a weight below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { sparseCode } from '@facet/regularizers'
 * const objective = [reconstruction(), sparseCode()] // for fit(model, data, { objective, … })
 */
export function sparseCode(options: SparseCodeOptions = {}): Objective {
  const { weight } = sparseCodeOptions.resolve(options)
  return {
    name: 'sparseCode',
    trains: 'autoencoder',
    settings: { weight: amountSetting(weight) },
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const value = mean(sum(abs(model.encode(x)), 1))
        return { loss: mul(value, amountAt(weight, at)), values: { sparseCode: value } }
      },
      diagnostics: () => ({}),
    }),
  }
}
