import { type Autoencoder, type Objective, withoutGradient } from '@facet/models'
import { add, concat, expandDims, mul, reshape, rows } from '@facet/tensor'
import { expectCount, expectNumber, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { contractivePenalty, higherOrderPenalty } from './contractive-penalty.ts'
import { type NormKind, normTable } from './norms.ts'
import { defaultWeight } from './options.ts'

/** The settings of {@link higherOrderContractive}. */
export interface HigherOrderContractiveOptions {
  /** λ; default 0.01. */
  readonly weight?: number
  /** γ, the share of the differences between Jacobians; default 1. */
  readonly gamma?: number
  /** σ, standard deviation of the corruption; default 0.1. */
  readonly sigma?: number
  /** K, corrupted copies of each sample; default 1. */
  readonly samples?: number
  /** Default `squared`. */
  readonly norm?: NormKind
}

/**
 * The higher-order contractive regularizer (SPEC 2), added to `reconstruction()`:
 * `mean_n ‖A^E(x_n)‖²_F + γ mean_n mean_j ‖A^E(x_n) − A^E(x_n + σ n_nj)‖²_F`, n ~ N(0, I), j = 1 … K.
 *
 * Reports `contractive` and `higherOrder`, its two parts, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { higherOrderContractive } from '@facet/regularizers'
 * // for fit(model, data, { objective, … })
 * const objective = [reconstruction(), higherOrderContractive({ sigma: 0.1, samples: 4 })]
 */
export function higherOrderContractive(options: HigherOrderContractiveOptions = {}): Objective {
  const operation = 'higherOrderContractive'
  expectOptions(operation, options, ['weight', 'gamma', 'sigma', 'samples', 'norm'])
  const { weight = defaultWeight, gamma = 1, sigma = 0.1, samples = 1, norm = 'squared' } = options
  expectNumber(operation, 'weight', weight)
  expectNumber(operation, 'gamma', gamma)
  expectNumber(operation, 'sigma', sigma)
  expectCount(operation, 'samples', samples)
  expectOneOf(operation, 'norm', norm, Object.keys(normTable))
  let model: Autoencoder
  return {
    name: operation,
    parameters: [],
    settings: { weight, gamma, sigma, samples, norm },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss({ x }, key) {
      const { encoder } = model
      const [count, dimension] = x.shape
      const noise = key.child('corruption').normal([count, samples, dimension], model.dtype)
      const corrupted = add(expandDims(x, 1), mul(noise, sigma))
      const all = concat([x, reshape(corrupted, [count * samples, dimension])], 0)
      const code = withoutGradient(encoder.parameters, () => encoder.regionCode(all))
      const jacobians = encoder.jacobian(code)
      const own = rows(jacobians, 0, count)
      const ofCopies = rows(jacobians, count, count * (1 + samples))
      const first = contractivePenalty(own, norm)
      const second = higherOrderPenalty(own, reshape(ofCopies, [count, samples, ...own.shape.slice(1)]), norm)
      return {
        loss: mul(add(first, mul(second, gamma)), weight),
        values: { contractive: first, higherOrder: second },
      }
    },
    diagnostics: () => ({}),
  }
}
