import type { Tensor } from '@facet/tensor'
import { describe, type OptionKind } from '@facet/tensor/checks'
import { describeSchedule, isSchedule, type Schedule } from '../training/schedule.ts'
import type { LossStep } from './objective.ts'

/** A number, or one that follows a schedule: `0.01`, `warmup(100)`, `scaled(0.01, cosineDecay())`. */
export type Amount = number | Schedule

/** What `fit` gives a loss beside {@link LossStep}: scalars that replay brings up to date. */
export const scalarOf = Symbol('scalarOf')

/** A {@link LossStep} in `fit`. */
export interface ReplayedLossStep extends LossStep {
  /** A scalar of the training's dtype that holds what the schedule says of every step, also of replayed ones. */
  readonly [scalarOf]: (schedule: Schedule) => Tensor
}

/**
 * The amount at a step, for any op that takes a number or a tensor: the number itself, or, of a schedule in `fit`, a scalar
 * that a replayed step finds up to date.
 *
 * @throws RangeError where the schedule gives no finite number.
 * @example
 * import { key } from '@facet/tensor'
 * import { amountAt, warmup } from '@facet/models'
 * amountAt(warmup(4), { key: key(0), step: 1, epoch: 0 }) // 0.5
 */
export function amountAt(amount: Amount, at: LossStep): number | Tensor {
  if (typeof amount === 'number') return amount
  const own = (at as Partial<ReplayedLossStep>)[scalarOf]
  return own === undefined ? amountOf(amount, at.step, at.totalSteps ?? Number.NaN) : own(amount)
}

/** What a schedule says of a step. @throws RangeError for no finite number. */
export function amountOf(schedule: Schedule, step: number, totalSteps: number): number {
  const value = schedule(step, totalSteps)
  if (Number.isFinite(value)) return value
  throw new RangeError(
    `amount: expected a finite number of the schedule at step ${step} of ${totalSteps}, got ${describe(value)}`,
  )
}

/** The amount in the settings of an objective: two schedules that differ have different texts. */
export const amountSetting = (amount: Amount): number | string =>
  typeof amount === 'number' ? amount : describeSchedule(amount)

/** Amounts from `least` on; of schedules the values are looked at when they are used. */
export const anAmount = (least = 0): OptionKind<Amount> => ({
  check(operation, option, value) {
    if (
      isSchedule(value) ||
      (typeof value === 'number' && value >= least && value < Number.POSITIVE_INFINITY)
    )
      return
    throw new RangeError(
      `${operation}: ${option}: expected a finite number of at least ${least}, got ${describe(value)}`,
    )
  },
})
