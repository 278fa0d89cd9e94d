import { aNumber, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'
import { aSchedule, constant } from './schedule.ts'

const sgdOptions = optionTable('sgd', {
  /** A parameter with its own `learningRate` uses that instead; the schedule multiplies both. */
  learningRate: required(aNumber()),
  /** Default 0. */
  momentum: withDefault(aNumber(0, 1), 0),
  /** Default constant. */
  schedule: withDefault(aSchedule, constant()),
  /** Times the parameter, added to its gradient (L2). Default 0. */
  weightDecay: withDefault(aNumber(), 0),
})

export type SgdOptions = OptionsOf<typeof sgdOptions>

/**
 * Gradient descent with momentum, as PyTorch's: `v ← momentum · v + g`, `p ← p − rate · v`.
 *
 * @throws TypeError for an unknown option, RangeError for a number out of range.
 * @example
 * import { sgd } from '@facet/models'
 * sgd({ learningRate: 0.1, momentum: 0.9 })
 */
export function sgd(options: SgdOptions): Optimizer {
  const { schedule, ...settings } = sgdOptions.resolve(options)
  return inPlaceOptimizer({ name: 'sgd', moments: ['velocity'], settings, schedule })
}
