import type { Autoencoder, Objective } from '@facet/models'
import { abs, mean, mul, sum } from '@facet/tensor'
import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { defaultWeight } from './options.ts'

/** The settings of {@link sparseCode}. */
export interface SparseCodeOptions {
  /** λ; default 0.01. */
  readonly weight?: number
}

/**
 * L1 sparsity of the codes: `mean_n ‖E(x_n)‖_1` (SPEC 2, further baselines). Add it to `reconstruction()`. Reports
 * `sparseCode`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a weight below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { sparseCode } from '@facet/regularizers'
 * const objective = [reconstruction(), sparseCode()] // for fit(model, data, { objective, … })
 */
export function sparseCode(options: SparseCodeOptions = {}): Objective {
  expectOptions('sparseCode', options, ['weight'])
  const { weight = defaultWeight } = options
  expectNumber('sparseCode', 'weight', weight)
  let model: Autoencoder
  return {
    name: 'sparseCode',
    parameters: [],
    settings: { weight },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss({ x }) {
      const value = mean(sum(abs(model.encode(x)), 1))
      return { loss: mul(value, weight), values: { sparseCode: value } }
    },
    diagnostics: () => ({}),
  }
}
