import {
  fitPreparation,
  type ImageShape,
  type ItemSplit,
  type Items,
  itemsOf,
  type Preparation,
  type PreparedItems,
  prepareItems,
  splitItems,
} from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { key, type Tensor } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { normalisedRows } from './normalised-rows.ts'
import { type UnusableRow, unusableRows } from './reasons.ts'
import { rowNumber } from './sample-names.ts'
import type { PreparationSettings, TrainSettings } from './settings.ts'
import { withFlags } from './with-flags.ts'

/** What is trained on, in the model's units. */
export interface TrainingSet {
  /** [n, d] */
  readonly train: Tensor
  /** [m, d], or `null` where nothing is held out. */
  readonly validation: Tensor | null
  /** Of each row of `train` its number in the file, from 1; of a window that of its first row. */
  readonly rows: Int32Array
  readonly preparation: Preparation
  /** Where a row is an image. */
  readonly image: ImageShape | null
  readonly course: PreparationCourse
}

/** What became of the rows of a file on their way into a {@link TrainingSet}. */
export interface PreparationCourse {
  /** Rows, or windows, before any was left out. */
  readonly items: number
  /** Windows on both sides of a split by time: in neither part. */
  readonly between: number
  /** Items that could not be used, with the number in the file of their first row, from 1. */
  readonly unusable: readonly UnusableRow[]
  /** Values that were filled in. */
  readonly filled: number
  /** What happened to rows where windows are made of them. */
  readonly notes: readonly string[]
}

/**
 * Splits the samples and brings both parts into the model's units by what the training part alone tells.
 *
 * @throws UsageError for settings that the samples do not allow.
 */
export function trainingSet(samples: SamplesFile, settings: PreparationSettings): TrainingSet {
  const items = itemsIn(samples, settings)
  const { train, validation, between } = splitOf(items, samples, settings)
  const preparation = told(settings, samples, () =>
    fitPreparation(samples, items, train, optionsOf(settings)),
  )
  const prepared = told(settings, samples, () => prepareItems(preparation, items))
  const row = (item: number): number => rowNumber(samples, items.first[item])
  const unusable = unusableRows(samples, items, prepared)
  if (settings.missing === 'refuse') refuse(samples, settings, unusable)
  const parts = partsOf(prepared, train, validation)
  if (parts.train.length === 0) throw nothingLeft(samples, settings, unusable)
  const inUnits = (rows: Int32Array): Tensor =>
    told(settings, samples, () =>
      normalisedRows(
        preparation.normaliser,
        prepared,
        rows,
        (i) => `${samples.name} row ${row(prepared.items[i])}`,
      ),
    )
  return {
    train: inUnits(parts.train),
    validation: parts.validation.length === 0 ? null : inUnits(parts.validation),
    rows: parts.train.map((i) => row(prepared.items[i])),
    preparation,
    image: samples.image,
    course: { items: items.starts.length, between, unusable, filled: prepared.filled, notes: items.notes },
  }
}

/** How settings call a {@link PreparationSettings.window}. */
export const windowOf = ({ window, stride }: Pick<PreparationSettings, 'window' | 'stride'>) =>
  window === null ? null : { length: window, stride: stride! }

const optionsOf = ({ normalise, missing, lengths, ...settings }: PreparationSettings) => ({
  normalise,
  missing,
  lengths,
  window: windowOf(settings),
})

function itemsIn(samples: SamplesFile, settings: PreparationSettings): Items {
  const { name, length } = samples
  const { window } = settings
  if (length * (window ?? 1) < 2) {
    throw new UsageError(
      `--data: ${name}: expected rows of at least 2 numbers, got rows of ${length}: are these labels alone?${
        samples.time === null ? '' : ' --window makes pieces of several rows'
      }`,
    )
  }
  return told(settings, samples, () => itemsOf(samples, windowOf(settings), settings.missing))
}

function splitOf(items: Items, { name }: SamplesFile, settings: PreparationSettings): ItemSplit {
  const { validation, seed, split } = settings
  const count = items.starts.length
  const what = items.span > 1 ? 'windows' : 'rows'
  if (count === 0) throw new UsageError(`--data: ${name}: expected ${what} to train on, got none`)
  if (validation > 0 && count < 2) {
    throw new UsageError(
      `--validation: expected at least 2 ${what} to hold some out, ${name} has ${count}; 0 holds none`,
    )
  }
  try {
    return splitItems(items, { validation, key: key(seed).child('split'), by: split })
  } catch (error) {
    throw new UsageError(`--split ${split}: ${name}: ${(error as Error).message}`)
  }
}

/** Indices of the prepared rows of both parts. */
function partsOf({ items }: PreparedItems, train: Int32Array, validation: Int32Array) {
  const [trained, held] = [new Set(train), new Set(validation)]
  const within = (part: ReadonlySet<number>): Int32Array =>
    Int32Array.from([...items.keys()].filter((i) => part.has(items[i])))
  return { train: within(trained), validation: within(held) }
}

/** What is said of numbers that cannot be normalised. */
const ofNormaliser = /applyNormaliser|fitNormaliser|z-normalisation|normalised|varies|vary/

/** What the library says of data and options, told with the flags. */
function told<T>({ normalise }: PreparationSettings, { name }: SamplesFile, f: () => T): T {
  try {
    return f()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { message } = error as Error
    throw new UsageError(
      ofNormaliser.test(message)
        ? `--normalise ${normalise}: ${message.includes(name) ? '' : `${name}: `}${withFlags(message)}`
        : `${name}: ${withFlags(message)}`,
    )
  }
}

/** A series that is flat says nothing to a model of shapes, whatever is done about missing values: it is left out, and counted. */
const isFlat = ({ reason }: UnusableRow): boolean => reason.startsWith('expected a series that varies')

/** Nothing else is left out unless that is asked for. */
function refuse(
  { name }: SamplesFile,
  { normalise }: PreparationSettings,
  unusable: readonly UnusableRow[],
): void {
  const first = unusable.find((one) => !isFlat(one))
  if (first === undefined) return
  const flag = ofNormaliser.test(first.reason) ? `--normalise ${normalise}: ` : ''
  throw new UsageError(
    `${flag}${name} row ${first.row}: ${first.reason}; --missing drop leaves such rows out`,
  )
}

function nothingLeft(
  { name }: SamplesFile,
  { missing }: PreparationSettings,
  unusable: readonly UnusableRow[],
): UsageError {
  const [first] = unusable
  const why = first === undefined ? '' : `: row ${first.row}: ${first.reason}`
  const other = missing === 'drop' ? '; --missing mean, median or interpolate fills gaps in' : ''
  return new UsageError(`--data: ${name}: expected rows to train on, got none that can be used${why}${other}`)
}

/** @throws UsageError for a network that does not fit what it is to be trained on. */
export function expectTrainable(
  { train, validation }: TrainingSet,
  settings: TrainSettings,
  name: string,
): void {
  const [trained, inputs] = train.shape
  const { bottleneck, batchSize, patience, objectives, window } = settings
  const what = window === null ? `the columns of ${name}` : `the numbers of a window of ${name}`
  if (validation === null && patience !== null) {
    throw new UsageError('--patience: expected rows that are held out, got --validation 0')
  }
  if (bottleneck > inputs) {
    throw new UsageError(`--bottleneck: expected at most ${inputs}, ${what}, got ${bottleneck}`)
  }
  if (batchSize > trained) {
    throw new UsageError(`--batch-size: expected at most ${trained}, the rows trained on, got ${batchSize}`)
  }
  for (const { kept, generators } of objectives) {
    if (kept !== undefined && kept > bottleneck) {
      throw new UsageError(`--kept: expected at most the bottleneck's ${bottleneck}, got ${kept}`)
    }
    const rank = Number(/\d+/.exec(generators ?? '')?.[0] ?? 0)
    if (rank > inputs) {
      throw new UsageError(`--generators: expected a rank of at most ${inputs}, ${what}, got ${rank}`)
    }
  }
}
