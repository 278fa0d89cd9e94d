import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'
import { aSchedule, constant } from './schedule.ts'

const adamOptions = optionTable('adam', {
  /** Default 1e-3. A parameter with its own `learningRate` uses that instead; the schedule multiplies both. */
  learningRate: withDefault(aNumber(), 1e-3),
  /** Decay of the mean gradient, default 0.9. */
  beta1: withDefault(aNumber(0, 1), 0.9),
  /** Decay of the mean squared gradient, default 0.999. */
  beta2: withDefault(aNumber(0, 1), 0.999),
  /** Added to the root of the mean squared gradient, default 1e-8. */
  epsilon: withDefault(aNumber(), 1e-8),
  /** Default constant. */
  schedule: withDefault(aSchedule, constant()),
  /** Times the parameter, added to its gradient (L2). Default 0. */
  weightDecay: withDefault(aNumber(), 0),
})

export type AdamOptions = OptionsOf<typeof adamOptions>

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
