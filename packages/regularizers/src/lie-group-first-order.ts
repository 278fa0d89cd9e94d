import type { Objective } from '@facet/models'
import { type LieGroupRun, lieGroupObjective } from './lie-group.ts'
import { type LieGroupOptions, resolveLieGroupOptions } from './lie-options.ts'

/**
 * The first-order Lie-group regularizer (Eq. 12, Prop. 2): asks that the decoder's surface be an orbit of the
 * group its generators span, `mean_pairs ‖D(θ) − D(θ') − Σ_k ε_k G_k D(θ')‖²`. Add it to `reconstruction()`.
 *
 * Reports `lieGroupFirstOrder` (R1, unweighted) every step. The diagnostics are those of docs/mathematics.md 5.8,
 * over 128 fresh pairs: `decoderVariance`, `unexplainedFraction` (R1 / mean ‖ΔD‖²), `epsilon` and
 * `epsilonTimesNorm` of each generator, `liveUnits` of `bottleneckUnits`, `withoutNeighbour` (always 0).
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { adam, autoencoder, fit, reconstruction } from '@facet/models'
 * import { lieGroupFirstOrder, skewSymmetric } from '@facet/regularizers'
 * import { init, key } from '@facet/tensor'
 * await init()
 * const model = autoencoder({ input: 6, bottleneck: 2, seed: 0 })
 * const term = lieGroupFirstOrder({ weight: 0.1, sampler: 'codeBox', generators: skewSymmetric() })
 * const history = await fit(model, key(0).normal([32, 6]), {
 *   epochs: 2,
 *   batchSize: 16,
 *   optimizer: adam(),
 *   objective: [reconstruction(), term],
 * })
 * history.objectives[1].generators.matrices().shape // [2, 6, 6]
 * history.diagnostics.lieGroupFirstOrder.unexplainedFraction
 */
export function lieGroupFirstOrder(options: LieGroupOptions = {}): Objective<LieGroupRun> {
  return lieGroupObjective('lieGroupFirstOrder', resolveLieGroupOptions('lieGroupFirstOrder', options))
}
