import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'
import { constant, type Schedule } from './schedule.ts'

export interface AdamOptions {
  /** Default 1e-3. A parameter with its own `learningRate` uses that instead; the schedule multiplies both. */
  learningRate?: number
  /** Decay of the mean gradient, default 0.9. */
  beta1?: number
  /** Decay of the mean squared gradient, default 0.999. */
  beta2?: number
  /** Added to the root of the mean squared gradient, default 1e-8. */
  epsilon?: number
  /** Default constant. */
  schedule?: Schedule
  /** Times the parameter, added to its gradient (L2). Default 0. */
  weightDecay?: number
}

const known = ['learningRate', 'beta1', 'beta2', 'epsilon', 'schedule', 'weightDecay']

/**
 * Adam with bias correction, as PyTorch's: `p ← p − rate · m̂ / (√v̂ + ε)` (Kingma and Ba, 2015, Algorithm 1).
 *
 * @throws TypeError for an unknown option, RangeError for a number out of range.
 * @example
 * import { adam, cosineDecay } from '@facet/models'
 * adam({ learningRate: 5e-3, schedule: cosineDecay() })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  expectOptions('adam', options, known)
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options
  expectNumber('adam', 'learningRate', learningRate)
  expectNumber('adam', 'beta1', beta1, 0, 1)
  expectNumber('adam', 'beta2', beta2, 0, 1)
  expectNumber('adam', 'epsilon', epsilon)
  expectNumber('adam', 'weightDecay', weightDecay)
  return inPlaceOptimizer({
    name: 'adam',
    moments: ['firstMoment', 'secondMoment'],
    settings: { learningRate, beta1, beta2, epsilon, weightDecay },
    schedule: options.schedule ?? constant(),
  })
}
