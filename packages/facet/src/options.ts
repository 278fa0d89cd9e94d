import { type MissingRule, type NormaliserKind, normaliserKinds } from '@facet/data'
import type { LossFunction } from '@facet/models'
import {
  aCount,
  aFunction,
  anything,
  aPositiveNumber,
  aSeed,
  aValue,
  describe,
  type OptionKind,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '@facet/tensor/checks'
import type { Columns, RowsInput } from './rows/table.ts'

/** Rules for missing values that rows of a table have. */
const rules = ['refuse', 'drop', 'mean', 'median'] as const satisfies readonly MissingRule[]

const aShare = (withZero: boolean): OptionKind<number> => ({
  check(operation, option, value) {
    const inside = typeof value === 'number' && value < 1 && (withZero ? value >= 0 : value > 0)
    if (inside) return
    throw new RangeError(
      `${operation}: ${option}: expected a share ${withZero ? 'from 0' : 'above 0'} and below 1, got ${describe(value)}`,
    )
  },
})

const columnsKind: OptionKind<Columns> = {
  check(operation, option, value) {
    const isCount = Number.isInteger(value) && (value as number) > 0
    const isNames =
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((name) => typeof name === 'string') &&
      new Set(value).size === value.length
    if (isCount || isNames) return
    throw new TypeError(
      `${operation}: ${option}: expected the number of columns, or their names, each once, got ${describe(value)}`,
    )
  },
}

const widths: OptionKind<readonly number[]> = {
  check(operation, option, value) {
    if (Array.isArray(value) && value.every((width) => Number.isInteger(width) && width > 0)) return
    throw new TypeError(
      `${operation}: ${option}: expected a list of widths such as [64, 64], got ${describe(value)}`,
    )
  },
}

/** Where a training stands. */
export interface FitProgress {
  /** Epochs done, from 0, and all of them. */
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  /** Seconds since training began, and an estimate of those left. */
  readonly elapsed: number
  readonly remaining: number
  /** Mean squared error of the rows held out after the last epoch, of those trained on where none are; NaN before the first epoch is done. */
  readonly error: number
}

const aSignal = aValue<AbortSignal>(
  'an AbortSignal',
  (value) => typeof (value as AbortSignal)?.aborted === 'boolean',
)

/** What watches a training; none of it changes a number. */
export const watchRows = {
  /** Ends training early: the model then has the best weights so far. Before the first epoch is done the promise is rejected. */
  signal: optional(aSignal),
  /** Called about ten times a second, and after the last step. */
  onProgress: optional(aFunction<(progress: FitProgress) => void>('a function')),
}

export const fitOptions = optionTable('fit', {
  /** Of one typed array the number of columns, or their names; of other rows their names, of objects those that are used, in this order. Default: all there are. */
  columns: optional(columnsKind),
  /** Numbers that a row is squeezed into. Default: half of the columns, at most 10. */
  bottleneck: optional(aCount()),
  /** Widths of hidden layers of the encoder; the decoder has them backwards. Default [64, 64]. */
  hidden: optional(widths),
  /** `pca`: beside the layers stand the principal components, from which training starts: never worse than linear, also on few rows. Default: none. */
  skip: optional(oneOf(['pca'])),
  /** The share of false alarms that is accepted. Default 0.01. */
  alarms: withDefault(aShare(false), 0.01),
  /** What becomes of missing values: `refuse` (default) tells them by column; `drop` leaves rows with one out; `mean`, `median` of the column fill them in. */
  missing: withDefault(oneOf<MissingRule & (typeof rules)[number]>(rules), 'refuse'),
  /** How numbers are brought into the model's units: `columns` (default) each column by its mean and deviation, `series` each row by its own, `range` all into 0 to 1, `none`. */
  normalise: withDefault(oneOf<NormaliserKind>(normaliserKinds), 'columns'),
  /** Share of the rows that are held out, for thresholds, p-values and the choice of the best epoch. Default 0.2; 0 holds none out, and there are no alarms. */
  validation: withDefault(aShare(true), 0.2),
  /** What each row is to become, such as clean rows of noisy ones: as many rows, of the same columns. Default: the rows themselves. */
  target: optional(anything<RowsInput>()),
  /** What is minimised. Default: the mean squared error. */
  loss: optional(aFunction<LossFunction>('a function of output and target')),
  /** Passes over the rows. Default: about 5000 steps, 10 to 1000 epochs. */
  epochs: optional(aCount()),
  /** End when the error of the rows held out has not become lower for so many epochs. Default: never. */
  patience: optional(aCount()),
  /** Rows of a step. Default 16, of more than 2000 rows up to 128. */
  batchSize: optional(aCount()),
  /** Of Adam. Default 1e-3. */
  learningRate: withDefault(aPositiveNumber, 1e-3),
  /** Of everything random. Default 0: the same rows give the same model. */
  seed: withDefault(aSeed, 0),
  /** Rows that are kept with the model, trained on and held out, each at most so many: for `partialFit` and `outside`. Default 1000; 0 keeps none. */
  memory: withDefault(aCount(0), 1000),
  ...watchRows,
})

/** What {@link fit} may be told. */
export type FitOptions = OptionsOf<typeof fitOptions>

export type ResolvedFitOptions = ResolvedOptionsOf<typeof fitOptions>

const partialOptions = optionTable('partialFit', {
  /** What each row is to become, where the model was fitted to pairs. */
  target: optional(anything<RowsInput>()),
  /** Passes over the new rows. Default 1. */
  epochs: withDefault(aCount(), 1),
  /** What is minimised, of a model that was fitted with a function and loaded from a file. */
  loss: optional(aFunction<LossFunction>('a function of output and target')),
  ...watchRows,
})

/** What `partialFit` may be told. */
export type PartialFitOptions = OptionsOf<typeof partialOptions>

export type ResolvedPartialOptions = ResolvedOptionsOf<typeof partialOptions>

export const resolvePartialOptions = (options: unknown): ResolvedPartialOptions =>
  partialOptions.resolve(options)
