import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'
import { constant, type Schedule } from './schedule.ts'

export interface SgdOptions {
  /** A parameter with its own `learningRate` uses that instead; the schedule multiplies both. */
  learningRate: number
  /** Default 0. */
  momentum?: number
  /** Default constant. */
  schedule?: Schedule
  /** Times the parameter, added to its gradient (L2). Default 0. */
  weightDecay?: number
}

const known = ['learningRate', 'momentum', 'schedule', 'weightDecay']

/**
 * Gradient descent with momentum, as PyTorch's: `v ← momentum · v + g`, `p ← p − rate · v`.
 *
 * @throws TypeError for an unknown option, RangeError for a number out of range.
 * @example
 * import { sgd } from '@facet/models'
 * sgd({ learningRate: 0.1, momentum: 0.9 })
 */
export function sgd(options: SgdOptions): Optimizer {
  expectOptions('sgd', options, known)
  const { learningRate, momentum = 0, weightDecay = 0 } = options
  expectNumber('sgd', 'learningRate', learningRate)
  expectNumber('sgd', 'momentum', momentum, 0, 1)
  expectNumber('sgd', 'weightDecay', weightDecay)
  return inPlaceOptimizer({
    name: 'sgd',
    moments: ['velocity'],
    settings: { learningRate, momentum, weightDecay },
    schedule: options.schedule ?? constant(),
  })
}
