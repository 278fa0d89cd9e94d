import type { ResolvedFitOptions } from './options.ts'

/** What a model remembers of how it was fitted: what `partialFit` and alarms depend on. */
export interface ModelSettings {
  /** The share of false alarms that is accepted. */
  readonly alarms: number
  readonly seed: number | string
  /** Share of new rows that is held out. */
  readonly validation: number
  readonly batchSize: number
  readonly learningRate: number
  /** Most rows that are kept of each kind. */
  readonly memory: number
  /** Whether rows are to become others. */
  readonly pairs: boolean
  /** Whether a function was minimised, which no file holds. */
  readonly ownLoss: boolean
}

/** What is remembered of the options of a fit. */
export const settingsOf = (
  { alarms, seed, validation, learningRate, memory, target, loss }: ResolvedFitOptions,
  batchSize: number,
): ModelSettings => ({
  alarms,
  seed,
  validation,
  batchSize,
  learningRate,
  memory,
  pairs: target !== undefined,
  ownLoss: loss !== undefined,
})
