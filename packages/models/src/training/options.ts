import {
  aBoolean,
  aCount,
  aFunction,
  aNumber,
  anything,
  aSeed,
  type OptionsOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from '@facet/tensor/checks'
import type { Autoencoder } from '../autoencoder.ts'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import { asObjective } from '../objectives/loss-function.ts'
import { meanSquaredError } from '../objectives/mean-squared-error.ts'
import type { AnyObjective, LossFunction, Objective, ObjectiveRun } from '../objectives/objective.ts'
import { reconstruction } from '../objectives/reconstruction.ts'
import type { RunsOf } from '../objectives/sum.ts'
import { aSignal } from './a-signal.ts'
import { adam } from './adam.ts'
import { aClip } from './clip-gradient.ts'
import type { EpochRecord, StepReport } from './history.ts'
import type { Optimizer } from './optimizer.ts'
import type { Progress } from './progress.ts'
import { type GivenSamples, type SampleSets, sampleSets, type TrainingData } from './samples.ts'
import { withMethods } from './with-methods.ts'

/** What is minimised: one objective, a loss as a plain function, or a list of these, which is their sum. */
export type ObjectiveOption<M extends Model = Autoencoder> =
  | Objective<ObjectiveRun, M>
  | LossFunction
  | readonly (Objective<ObjectiveRun, M> | LossFunction)[]

/** The same of any model. */
export type AnyObjectiveOption = AnyObjective | LossFunction | readonly (AnyObjective | LossFunction)[]

/** The objectives of a run, started, in their order; of a single one a list of one. */
export type StartedObjectives<O extends AnyObjectiveOption> = O extends readonly (
  | AnyObjective
  | LossFunction
)[]
  ? RunsOf<O>
  : O extends AnyObjective | LossFunction
    ? RunsOf<readonly [O]>
    : never

const anObjective = withMethods<AnyObjective>('reconstruction()', ['start'])

/** What every training has, whatever its data. */
export const learningRows = {
  /** Default `adam()`. */
  optimizer: optional(withMethods<Optimizer>('adam()', ['start'])),
  /** What is minimised; a list is its sum. Default `reconstruction()`, of a network `meanSquaredError()`. */
  objective: optional(anything<AnyObjectiveOption>()),
  /**
   * Bounds the gradient of every step, after `accumulate`: `{ norm }` scales all gradients, those of the objectives' own parameters included,
   * where their norm as one vector is longer, as PyTorch's `clip_grad_norm_`; `{ value }` bounds every element. A norm that is not finite is an error
   * where the loss is looked at.
   */
  clipGradient: optional(aClip),
  /**
   * Record a step and replay it, where the backend can and the objectives allow it: the same bits, several times as fast for
   * small models. Default true; `history.execution` says what was done.
   */
  replay: withDefault(aBoolean, true),
}

const ownRows = {
  /** Passes over the training set. */
  epochs: required(aCount()),
  /** Samples a batch, at most the training set. The last batch of an epoch is smaller where it does not divide the set. */
  batchSize: required(aCount()),
  /** Validation set `[m, d]`, or `{ x, y }`, unless it is given with the data. */
  validation: optional(anything<GivenSamples>()),
  /** Of the order of samples and of everything the objectives draw. Default 0, or that of the run resumed. */
  seed: optional(aSeed),
  /**
   * Batches whose gradients make one step. Default 1. Each is weighted by its samples, so that a step is that of one batch of `accumulate`
   * times the size, in the memory of one, where losses are means over samples. Steps, schedules and `readEvery` count these steps; the last one
   * of an epoch has the batches that are left.
   */
  accumulate: withDefault(aCount(), 1),
  /**
   * Decay of an exponential moving average of all trained parameters, taken in after every step, such as 0.999. Validation uses the averages,
   * and a complete training ends with them in the model; until then, in callbacks and after a signal, it has its own weights. The bias is
   * corrected, so that the weights before training have no part in the averages.
   */
  ema: optional(aNumber(0, 1)),
  /** End when the validation error has not improved for so many epochs. `bestEpoch` and `endedBy` of the history say what came of it. */
  patience: optional(aCount()),
  /** What a validation error must be lower by than the lowest before it, to be an improvement to `patience`. Default 0. */
  minDelta: optional(aNumber()),
  /** Leave out the last step of an epoch where it would have fewer samples. Default false. */
  dropLast: withDefault(aBoolean, false),
  /** End with the weights of the epoch of lowest validation error. Default true with a validation set. */
  restoreBest: optional(aBoolean),
  /**
   * Steps from one look at the loss to the next, counted from the first of each epoch. Default 1. A look waits for the device: on
   * `gpu` steps in between go on without. An epoch's means are those of the steps looked at, and a loss that is not finite is noticed
   * at the next look only, when weights may have changed.
   */
  readEvery: withDefault(aCount(), 1),
  /** A checkpoint of the same run: training goes on where it was taken, to the same bits as without a break. */
  resume: optional(anything<Uint8Array | null>()),
  /**
   * A checkpoint of a run that differs in its optimizer or rates alone: training goes back to the epoch whose weights were the best, where the
   * checkpoint holds them, or else begins where it was taken, and goes on from there with new moments. The way out of a loss that is not finite.
   */
  restart: optional(anything<Uint8Array | null>()),
}

const trainerRows = { ...ownRows, ...learningRows }

/** What is learned and how, of any training. */
export type LearningOptions<O extends AnyObjectiveOption = ObjectiveOption> = Omit<
  OptionsOf<typeof learningRows>,
  'objective'
> & {
  /** What is minimised; a list is its sum. Default `reconstruction()`, of a network `meanSquaredError()`. */
  readonly objective?: O | undefined
}

/** What training is, without what happens around it. */
export type TrainerOptions<O extends AnyObjectiveOption = ObjectiveOption> = OptionsOf<typeof ownRows> &
  LearningOptions<O>

type Callback<A extends readonly unknown[]> = (...given: A) => void | Promise<void>
const aCallback = <A extends readonly unknown[]>() => aFunction<Callback<A>>('a function')

const fitRows = {
  /** After every step; a promise is waited for. */
  onStep: optional(aCallback<[report: StepReport, progress: Progress, objectives: never]>()),
  /** After every epoch and its validation; a promise is waited for. */
  onEpoch: optional(aCallback<[record: EpochRecord, progress: Progress, objectives: never]>()),
  /** Receives a checkpoint after every `checkpointEvery` epochs and after the last; a promise is waited for. */
  onCheckpoint: optional(aCallback<[checkpoint: Uint8Array, record: EpochRecord]>()),
  /** Epochs between checkpoints. Default 1. */
  checkpointEvery: withDefault(aCount(), 1),
  /** Ends training after the current step. */
  signal: optional(aSignal),
}

const fitOptions = optionTable('fit', { ...trainerRows, ...fitRows })

/** What `fit` takes with these objectives; of a network `FitOptions<ObjectiveOption<Network>>`. */
export type FitOptions<O extends AnyObjectiveOption = ObjectiveOption> = TrainerOptions<O> &
  Omit<OptionsOf<typeof fitRows>, 'onStep' | 'onEpoch'> & {
    /** After every step, with the objectives at work; a promise is waited for. */
    readonly onStep?:
      | Callback<[report: StepReport, progress: Progress, objectives: StartedObjectives<O>]>
      | undefined
    /** After every epoch and its validation, with the objectives at work; a promise is waited for. */
    readonly onEpoch?:
      | Callback<[record: EpochRecord, progress: Progress, objectives: StartedObjectives<O>]>
      | undefined
  }

/** Options with their defaults filled in. */
export interface ResolvedOptions
  extends Omit<
      ResolvedOptionsOf<typeof trainerRows>,
      'objective' | 'optimizer' | 'restoreBest' | 'minDelta' | 'validation'
    >,
    SampleSets {
  readonly optimizer: Optimizer
  readonly objectives: readonly AnyObjective[]
  readonly restoreBest: boolean
  readonly minDelta: number
}

/** The options of `fit`. @throws TypeError for an unknown option, RangeError for a number out of range. */
export const resolveFitOptions = (options: unknown): ResolvedOptionsOf<typeof fitOptions> =>
  fitOptions.resolve(options)

/** @throws TypeError for an unknown option, RangeError for a number out of range. */
export function resolveOptions(
  model: Model,
  data: TrainingData,
  options: TrainerOptions<AnyObjectiveOption>,
): ResolvedOptions {
  const { objective = defaultObjective(model), optimizer = adam(), ...resolved } = fitOptions.resolve(options)
  const sets = sampleSets(data, resolved.validation)
  const isValidated = sets.validation !== undefined
  const { restoreBest = isValidated, patience, minDelta } = resolved
  const [needy] = [restoreBest && 'restoreBest', patience !== undefined && 'patience'].filter((name) => name)
  if (needy !== undefined && !isValidated) {
    throw new TypeError(`fit: ${needy} expected a validation set, got none`)
  }
  if (resolved.resume && resolved.restart) {
    throw new TypeError('fit: expected one checkpoint, got resume and restart')
  }
  if (minDelta !== undefined && patience === undefined) {
    throw new TypeError('fit: minDelta expected a patience, got none')
  }
  const objectives = objectivesOf('fit', objective)
  return { ...resolved, ...sets, optimizer, objectives, restoreBest, minDelta: minDelta ?? 0 }
}

/** The objectives of an option. @throws TypeError for what is none, RangeError for an empty list. */
export function objectivesOf(operation: string, option: AnyObjectiveOption): readonly AnyObjective[] {
  const objectives = ([option].flat() as readonly (AnyObjective | LossFunction)[]).map(asObjective)
  if (objectives.length === 0) throw new RangeError(`${operation}: expected at least one objective, got none`)
  for (const each of objectives) anObjective.check(operation, 'objective', each)
  return objectives
}

export const defaultObjective = (model: Model): AnyObjective =>
  model instanceof Network ? meanSquaredError() : reconstruction()
