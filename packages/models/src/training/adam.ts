import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { adamRows } from './adam-rows.ts'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'

const ownRows = {
  /** Times the parameter, added to its gradient (L2). Default 0. */
  weightDecay: withDefault(aNumber(), 0),
}
const adamOptions = optionTable('adam', { ...adamRows, ...ownRows })

export type AdamOptions = OptionsOf<typeof adamRows> & OptionsOf<typeof ownRows>

/**
 * Adam with bias correction, as PyTorch's: `p ← p − rate · m̂ / (√v̂ + ε)` (Kingma and Ba, 2015, Algorithm 1).
 *
 * @throws TypeError for an unknown option, RangeError for a number out of range.
 * @example
 * import { adam, cosineDecay } from '@facet/models'
 * adam({ learningRate: 5e-3, schedule: cosineDecay() })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { schedule, ...settings } = adamOptions.resolve(options)
  return inPlaceOptimizer({ name: 'adam', moments: ['firstMoment', 'secondMoment'], settings, schedule })
}
