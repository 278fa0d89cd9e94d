import { aNumber, withDefault } from '@facet/tensor/checks'
import { aSchedule, constant } from './schedule.ts'

/** What every kind of Adam may be told. */
export const adamRows = {
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
}
