import type { Objective } from '@facet/models'
import { type LieGroupRun, lieGroupObjective } from './lie-group.ts'
import { type LieGroupSecondOrderOptions, resolveLieGroupOptions } from './lie-options.ts'

/**
 * The second-order Lie-group regularizer (Eq. 13, Prop. 3): asks that the tangents of neighbouring regions be
 * carried into one another, `mean_pairs ‖A^D_ω − A^D_ω' − Σ_k ε_k G_k A^D_ω'‖²_F`. Add it to `reconstruction()`.
 *
 * Pairs without a neighbouring region are left out of the mean; a decoder without walls has R2 = 0. Biases get no
 * gradient from it (docs/mathematics.md 5.1).
 *
 * Reports `lieGroupSecondOrder` (R2, unweighted) and `withoutNeighbour`, the share of pairs left out, every step. The
 * diagnostics are those of the first order with `epsilon` of the tangents, and `unexplainedTangentFraction`, R2 /
 * mean ‖ΔA‖².
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range; the message names the option.
 * @example
 * import { lieGroupSecondOrder } from '@facet/regularizers'
 * lieGroupSecondOrder({ weight: 0.01, neighbours: 'exact' }).name // 'lieGroupSecondOrder'
 */
export function lieGroupSecondOrder(options: LieGroupSecondOrderOptions = {}): Objective<LieGroupRun> {
  return lieGroupObjective('lieGroupSecondOrder', resolveLieGroupOptions('lieGroupSecondOrder', options))
}
