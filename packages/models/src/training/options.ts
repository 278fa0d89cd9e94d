import { Tensor } from '@facet/tensor'
import { describe, expectCount, expectOptions } from '@facet/tensor/checks'
import type { Objective } from '../objectives/objective.ts'
import { reconstruction } from '../objectives/reconstruction.ts'
import { adam } from './adam.ts'
import type { EpochRecord, StepReport } from './history.ts'
import type { Optimizer } from './optimizer.ts'
import type { Progress } from './progress.ts'

/** The training set `[n, d]`, alone or with a validation set `[m, d]`. */
export type TrainingData = Tensor | { readonly train: Tensor; readonly validation?: Tensor }

/** What training is, without what happens around it. */
export interface TrainerOptions {
  /** Passes over the training set. */
  epochs: number
  /** Samples a step, at most the training set. The last batch of an epoch is smaller where it does not divide the set. */
  batchSize: number
  /** Default `adam()`. */
  optimizer?: Optimizer
  /** What is minimised; a list is its sum. Default `reconstruction()`. */
  objective?: Objective | readonly Objective[]
  /** Validation set `[m, d]`, unless it is given with the data. */
  validation?: Tensor
  /** Of the order of samples and of everything the objectives draw. Default 0, or that of the run resumed. */
  seed?: number | string
  /** Leave out the last batch of an epoch where it would be smaller. Default false. */
  dropLast?: boolean
  /** End with the weights of the epoch of lowest validation error. Default true with a validation set. */
  restoreBest?: boolean
  /**
   * Record a step and replay it, where the backend can and the objectives allow it: the same bits, several times as fast for
   * small models. Default true; `history.execution` says what was done.
   */
  replay?: boolean
  /**
   * Steps from one look at the loss to the next, counted from the first of each epoch. Default 1. A look waits for the device: on
   * `gpu` steps in between go on without. An epoch's means are those of the steps looked at, and a loss that is not finite is noticed
   * at the next look only, when weights may have changed.
   */
  readEvery?: number
  /** A checkpoint of the same run: training goes on where it was taken, to the same bits as without a break. */
  resume?: Uint8Array | null
}

/** What `fit` takes. */
export interface FitOptions extends TrainerOptions {
  /** After every step; a promise is waited for. */
  onStep?: (report: StepReport, progress: Progress) => void | Promise<void>
  /** After every epoch and its validation; a promise is waited for. */
  onEpoch?: (record: EpochRecord, progress: Progress) => void | Promise<void>
  /** Receives a checkpoint after every `checkpointEvery` epochs and after the last; a promise is waited for. */
  onCheckpoint?: (checkpoint: Uint8Array, record: EpochRecord) => void | Promise<void>
  /** Epochs between checkpoints. Default 1. */
  checkpointEvery?: number
  /** Ends training after the current step. */
  signal?: AbortSignal
}

/** Options with their defaults filled in. */
export interface ResolvedOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly optimizer: Optimizer
  readonly objectives: readonly Objective[]
  readonly train: Tensor
  readonly validation: Tensor | undefined
  readonly seed: number | string | undefined
  readonly dropLast: boolean
  readonly restoreBest: boolean
  readonly replay: boolean
  readonly readEvery: number
  readonly resume: Uint8Array | undefined
}

const known: readonly (keyof FitOptions)[] = [
  'epochs',
  'batchSize',
  'optimizer',
  'objective',
  'validation',
  'seed',
  'dropLast',
  'restoreBest',
  'replay',
  'readEvery',
  'resume',
  'onStep',
  'onEpoch',
  'onCheckpoint',
  'checkpointEvery',
  'signal',
]

/** @throws TypeError for an unknown option, RangeError for a number out of range. */
export function resolveOptions(data: TrainingData, options: FitOptions): ResolvedOptions {
  expectOptions('fit', options, known)
  expectCount('fit', 'epochs', options.epochs)
  expectCount('fit', 'batchSize', options.batchSize)
  if (options.checkpointEvery !== undefined) expectCount('fit', 'checkpointEvery', options.checkpointEvery)
  if (options.readEvery !== undefined) expectCount('fit', 'readEvery', options.readEvery)
  if (options.signal !== undefined && typeof options.signal?.aborted !== 'boolean') {
    throw new TypeError(`fit: signal: expected an AbortSignal, got ${describe(options.signal)}`)
  }
  const { train, validation = options.validation } = partsOf(data)
  if (options.validation !== undefined && validation !== options.validation) {
    throw new TypeError('fit: expected one validation set, got one with the data and another in the options')
  }
  const { objective = reconstruction(), optimizer = adam(), restoreBest = validation !== undefined } = options
  if (restoreBest && validation === undefined) {
    throw new TypeError('fit: restoreBest expected a validation set, got none')
  }
  const objectives = Array.isArray(objective) ? (objective as readonly Objective[]) : [objective as Objective]
  if (objectives.length === 0) throw new RangeError('fit: expected at least one objective, got none')
  for (const each of objectives) expectParts('objective', 'reconstruction()', each, objectiveParts)
  expectParts('optimizer', 'adam()', optimizer, ['start'])
  return {
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer,
    objectives,
    train,
    validation,
    seed: options.seed,
    dropLast: options.dropLast ?? false,
    restoreBest,
    replay: options.replay ?? true,
    readEvery: options.readEvery ?? 1,
    resume: options.resume ?? undefined,
  }
}

function partsOf(data: TrainingData): { readonly train: Tensor; readonly validation?: Tensor } {
  if (data instanceof Tensor) return { train: data }
  if (typeof data === 'object' && data !== null && 'train' in data) return data
  throw new TypeError(`fit: expected a tensor [n, d] or { train, validation }, got ${describe(data)}`)
}

const objectiveParts = ['prepare', 'loss', 'diagnostics'] as const

/** @throws TypeError unless `value` has these methods: said before hours of training, not after. */
function expectParts(option: string, example: string, value: unknown, methods: readonly string[]): void {
  const parts = Object(value) as Readonly<Record<string, unknown>>
  const missing = methods.find((method) => typeof parts[method] !== 'function')
  if (missing === undefined) return
  const what = typeof value === 'object' ? `one without ${missing}()` : describe(value)
  throw new TypeError(`fit: ${option}: expected one such as ${example}, got ${what}`)
}
