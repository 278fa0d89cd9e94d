import type { NormaliserKind } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { defaultBatchSize, defaultBottleneck, defaultDecoderHidden, defaultEpochs } from '@facet/models'
import { UsageError } from '../errors.ts'
import type { ObjectiveSetting } from '../objectives.ts'
import {
  type DataSettings,
  objectiveFields,
  type PreparationSettings,
  type TrainSettings,
  trainFields,
} from './settings.ts'
import type { TrainingSet } from './training-set.ts'

/** Where the data are, and what is said of how they are read. */
export type DataRequest = Partial<DataSettings> & Pick<DataSettings, 'path'>

/** What may be left unsaid: everything but where the data are and what is minimised. */
export type TrainRequest = Partial<Omit<TrainSettings, 'data' | 'objectives'>> & {
  readonly data: DataRequest
  readonly objectives?: readonly ObjectiveSetting[]
}

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/** Formats of series: each has its own mean. */
const seriesFormats: readonly (string | null)[] = ['ucr', 'ts', 'arff']

/** Pixels by one range, series by their own mean, tables column by column. */
function defaultNormalisation(
  window: number | null,
  { image, columns, format }: SamplesFile,
): NormaliserKind {
  if (image !== null) return 'range'
  return window === null && columns === null && seriesFormats.includes(format) ? 'series' : 'columns'
}

/** How the file is read, where nothing else is said. */
export const completeData = ({ path, ...said }: DataRequest): DataSettings => ({
  path,
  format: said.format ?? null,
  labels: said.labels ?? null,
  array: said.array ?? null,
  sample: said.sample ?? null,
  labelsFile: said.labelsFile ?? null,
  header: said.header ?? 'auto',
  columns: said.columns ?? null,
  drop: said.drop ?? null,
  id: said.id ?? null,
  where: said.where ?? null,
  time: said.time === undefined ? 'auto' : said.time,
  group: said.group ?? null,
  precision: said.precision ?? 'float64',
})

/** A quarter of the window: every row is in four of them. */
export const defaultStride = (window: number): number => Math.max(1, Math.floor(window / 4))

/** How many rows are held out: none, or at least one on each side. */
export const heldOut = (rows: number, validation: number): number =>
  validation === 0 ? 0 : between(1, Math.round(validation * rows), rows - 1)

/** Half of the bottleneck is kept by `kSparse` unless another k is asked for. */
const withKept = (objective: ObjectiveSetting, bottleneck: number): ObjectiveSetting =>
  objective.name === 'kSparse' ? { kept: Math.ceil(bottleneck / 2), ...objective } : objective

/** What becomes of the rows before a model sees them, the unsaid chosen from the data. */
export function preparationSettings(request: TrainRequest, samples: SamplesFile): PreparationSettings {
  const { window = trainFields.window.default, stride = null } = request
  if (window === null && stride !== null) {
    throw new UsageError('--stride: expected --window, of which it says where the next begins, got none')
  }
  const items = window === null ? samples.count : samples.count - window + 1
  return {
    data: completeData(request.data),
    missing: request.missing ?? trainFields.missing.default,
    lengths: request.lengths ?? trainFields.lengths.default,
    window,
    stride: window === null ? null : (stride ?? defaultStride(window)),
    split: request.split ?? (window === null ? trainFields.split.default : 'time'),
    normalise: request.normalise ?? defaultNormalisation(window, samples),
    validation: request.validation ?? (items < 2 ? 0 : trainFields.validation.default),
    seed: request.seed ?? trainFields.seed.default,
  }
}

/** All settings, the unsaid ones chosen from what a model is given. */
export function completeSettings(
  request: TrainRequest,
  prepared: PreparationSettings,
  { train }: Pick<TrainingSet, 'train'>,
): TrainSettings {
  const [trained, inputs] = train.shape
  const { hidden = trainFields.hidden.default, batchSize = defaultBatchSize(trained) } = request
  const { bottleneck = defaultBottleneck(inputs) } = request
  const objectives: readonly ObjectiveSetting[] =
    request.objectives ?? objectiveFields.objective.default.map((name) => ({ name }))
  const { seed, ...preparation } = prepared
  return {
    ...preparation,
    bottleneck,
    hidden,
    decoderHidden: request.decoderHidden ?? [...defaultDecoderHidden(hidden)],
    bottleneckActivation: request.bottleneckActivation ?? trainFields.bottleneckActivation.default,
    objectives: objectives.map((objective) => withKept(objective, bottleneck)),
    epochs: request.epochs ?? defaultEpochs(trained, batchSize),
    patience: request.patience ?? trainFields.patience.default,
    batchSize,
    learningRate: request.learningRate ?? trainFields.learningRate.default,
    seed,
  }
}
