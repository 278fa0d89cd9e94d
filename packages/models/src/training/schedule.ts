import { crc32 } from '@facet/tensor'
import {
  aCount,
  aFunction,
  aNumber,
  expectCount,
  type OptionKind,
  type OptionsOf,
  optionTable,
  required,
} from '@facet/tensor/checks'

/**
 * A number that follows the steps: the factor on every learning rate, or a weight; `step` counts from 0 to `totalSteps - 1`. The same
 * step always gives the same number.
 */
export type Schedule = (step: number, totalSteps: number) => number

export const isSchedule = (value: unknown): value is Schedule => typeof value === 'function'

/** Schedules as options. */
export const aSchedule: OptionKind<Schedule> = aFunction('a function such as cosineDecay()')

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

const stepDecayOptions = optionTable('stepDecay', {
  /** Steps from one fall to the next. */
  every: required(aCount()),
  /** What the rate is multiplied by at each. */
  factor: required(aNumber()),
})

export type StepDecayOptions = OptionsOf<typeof stepDecayOptions>

/**
 * Times `factor` after every `every` steps.
 *
 * @throws RangeError unless `every` is a positive integer and `factor` ≥ 0.
 * @example
 * import { sgd, stepDecay } from '@facet/models'
 * sgd({ learningRate: 0.1, schedule: stepDecay({ every: 1000, factor: 0.5 }) })
 */
export function stepDecay(options: StepDecayOptions): Schedule {
  const { every, factor } = stepDecayOptions.resolve(options)
  return (step) => {
    let value = 1
    for (let left = Math.floor(step / every); left > 0 && value !== 0; left--) value *= factor
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
  aSchedule.check('warmup', 'then', then)
  return (step, totalSteps) => (step < steps ? (step + 1) / steps : then(step - steps, totalSteps - steps))
}

/**
 * Another schedule times a number: for weights, which a schedule gives as they are.
 *
 * @example
 * import { scaled, warmup } from '@facet/models'
 * scaled(0.01, warmup(100)) // grows to 0.01 over 100 steps
 */
export function scaled(factor: number, schedule: Schedule): Schedule {
  aNumber(Number.NEGATIVE_INFINITY).check('scaled', 'factor', factor)
  aSchedule.check('scaled', 'schedule', schedule)
  return (step, totalSteps) => factor * schedule(step, totalSteps)
}

/** Steps at which schedules are compared: all up to 64, then 8 for every doubling up to 10⁶, in a run of a million. */
const comparedSteps = [
  ...Array.from({ length: 64 }, (_, step) => step),
  ...Array.from({ length: 112 }, (_, i) => Math.floor(64 * 2 ** (i / 8))),
].filter((step) => step < 1e6)

const descriptions = new WeakMap<Schedule, string>()

/**
 * A schedule in words: its first, middle and last value in a run of 1,000 steps, and a checksum of its values at {@link comparedSteps} of
 * a run of a million. Functions cannot be compared; what they say can.
 */
export function describeSchedule(schedule: Schedule): string {
  const known = descriptions.get(schedule)
  if (known !== undefined) return known
  const values = Float64Array.from(comparedSteps, (step) => schedule(step, 1e6))
  const checksum = crc32(new Uint8Array(values.buffer)).toString(16).padStart(8, '0')
  const shown = [0, 500, 999].map((step) => Number(schedule(step, 1000).toPrecision(3)))
  const description = `schedule ${shown.join(' → ')} (${checksum})`
  descriptions.set(schedule, description)
  return description
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
