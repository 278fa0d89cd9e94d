import { expectCount, expectNumber, expectOptions } from '@facet/tensor/checks'

/** The factor on every learning rate at a step; `step` counts from 0 to `totalSteps - 1`. */
export type Schedule = (step: number, totalSteps: number) => number

/** The learning rate as given, always. */
export const constant = (): Schedule => () => 1

/**
 * Half a cosine, from 1 at the first step towards 0 after the last.
 *
 * @example
 * import { adam, cosineDecay } from '@facet/models'
 * adam({ learningRate: 5e-3, schedule: cosineDecay() })
 */
export const cosineDecay = (): Schedule => (step, totalSteps) =>
  (1 + cosineOfHalfTurns(step / totalSteps)) / 2

/**
 * Times `factor` after every `every` steps.
 *
 * @throws RangeError unless `every` is a positive integer and `factor` ≥ 0.
 * @example
 * import { sgd, stepDecay } from '@facet/models'
 * sgd({ learningRate: 0.1, schedule: stepDecay({ every: 1000, factor: 0.5 }) })
 */
export function stepDecay(options: { every: number; factor: number }): Schedule {
  expectOptions('stepDecay', options, ['every', 'factor'])
  expectCount('stepDecay', 'every', options.every)
  expectNumber('stepDecay', 'factor', options.factor)
  return (step) => {
    let value = 1
    for (let left = Math.floor(step / options.every); left > 0; left--) value *= options.factor
    return value
  }
}

/**
 * Grows linearly over the first `steps` steps to 1, then follows `then` over those that are left.
 *
 * @throws RangeError unless `steps` is a positive integer.
 * @example
 * import { adam, cosineDecay, warmup } from '@facet/models'
 * adam({ schedule: warmup(100, cosineDecay()) })
 */
export function warmup(steps: number, then: Schedule = constant()): Schedule {
  expectCount('warmup', 'steps', steps)
  return (step, totalSteps) => (step < steps ? (step + 1) / steps : then(step - steps, totalSteps - steps))
}

/**
 * cos(π x) for x in [0, 1] by its Taylor series, which is the same number on every machine (engines differ in
 * `Math.cos`). The first term left out, (π/2)²² / 22!, is 2e-17.
 */
function cosineOfHalfTurns(x: number): number {
  if (x > 0.5) return -cosineOfHalfTurns(1 - x)
  const square = Math.PI * x * (Math.PI * x)
  let value = 1
  for (let degree = 20; degree > 0; degree -= 2) value = 1 - (value * square) / (degree * (degree - 1))
  return value
}
