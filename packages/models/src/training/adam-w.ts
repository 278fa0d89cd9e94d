import { aBoolean, aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { adamRows } from './adam-rows.ts'
import { inPlaceOptimizer, type Optimizer } from './optimizer.ts'

const ownRows = {
  /** Times the learning rate of the step and the parameter: what every step takes from it. Default 1e-2, as PyTorch's. */
  weightDecay: withDefault(aNumber(), 1e-2),
  /** Whether biases, which are the parameters of fewer than two axes, decay as well. Default true, as in PyTorch. */
  decayBiases: withDefault(aBoolean, true),
}
const adamWOptions = optionTable('adamW', { ...adamRows, ...ownRows })

export type AdamWOptions = OptionsOf<typeof adamRows> & OptionsOf<typeof ownRows>

/**
 * Adam with decoupled weight decay, as PyTorch's AdamW: `p ← p − rate · (m̂ / (√v̂ + ε) + weightDecay · p)` (Loshchilov and Hutter, 2019,
 * Algorithm 2). Weights smaller than 1e-30 in float32, where only decay is left of them, become 0.
 *
 * @throws TypeError for an unknown option, RangeError for a number out of range.
 * @example
 * import { adamW, cosineDecay, warmup } from '@facet/models'
 * adamW({ learningRate: 5e-3, weightDecay: 0.05, decayBiases: false, schedule: warmup(100, cosineDecay()) })
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const { schedule, decayBiases, ...settings } = adamWOptions.resolve(options)
  return inPlaceOptimizer({
    name: 'adamW',
    moments: ['firstMoment', 'secondMoment'],
    settings: { ...settings, decayBiases: Number(decayBiases) },
    schedule,
    ...(!decayBiases && { decays: ({ value }) => value.rank > 1 }),
  })
}
