import { type Key, keep, type Tensor, zeros } from '@facet/tensor'
import { isRecording, refuseReplay, rewrite } from '@facet/tensor/dispatch'
import { amountOf, type ReplayedLossStep, scalarOf } from '../objectives/amount.ts'
import type { Schedule } from './schedule.ts'

/** Where a step stands in a run. */
export interface StepPosition {
  readonly key: Key
  /** Counts from 0 over all epochs. */
  readonly step: number
  readonly epoch: number
  readonly totalSteps: number
}

type Float = 'float32' | 'float64'

/** A scalar that follows a schedule, where a recorded step reads it. */
export interface ScheduledScalar {
  readonly schedule: Schedule
  readonly scalar: Tensor
}

/**
 * What a loss gets to know of a step. A recorded step notes the scalars that follow schedules in `scheduled`; one that reads the
 * numbers themselves is not replayed, since nobody could tell what was made of them.
 */
export function lossStep(
  position: StepPosition,
  dtype: Float,
  scheduled: ScheduledScalar[],
): ReplayedLossStep {
  const ofSchedule = (schedule: Schedule): Tensor => {
    const scalar = zeros([], dtype)
    if (isRecording()) scheduled.push({ schedule, scalar: keep(scalar) })
    writeScheduled({ schedule, scalar }, position)
    return scalar
  }
  const { key, step, epoch, totalSteps } = position
  // Getters take 1 µs, a thirtieth of the smallest steps.
  if (!isRecording()) return { key, step, epoch, totalSteps, [scalarOf]: ofSchedule }
  return {
    key,
    get step() {
      refuseReplay('it reads the number of the step; amountAt(schedule, at) is replayed')
      return step
    },
    get epoch() {
      refuseReplay('it reads the number of the epoch; amountAt(schedule, at) is replayed')
      return epoch
    },
    totalSteps,
    [scalarOf]: ofSchedule,
  }
}

/** Brings a scalar up to date. @throws RangeError where the schedule gives no finite number. */
export function writeScheduled(
  { schedule, scalar }: ScheduledScalar,
  { step, totalSteps }: Pick<StepPosition, 'step' | 'totalSteps'>,
): void {
  const value = amountOf(schedule, step, totalSteps)
  rewrite(scalar, scalar.dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value))
}
