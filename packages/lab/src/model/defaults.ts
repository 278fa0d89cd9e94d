import type { NormaliserKind } from '@facet/data'
import type { Samples } from '@facet/data/node'
import type { ObjectiveSetting } from '../objectives.ts'
import { objectiveFields, type TrainSettings, trainFields } from './settings.ts'

/** What may be left unsaid: everything but where the data are and what is minimised. */
export type TrainRequest = Partial<Omit<TrainSettings, 'data' | 'objectives'>> & {
  readonly data: TrainSettings['data']
  readonly objectives?: readonly ObjectiveSetting[]
}

/**
 * Steps that a training takes where nobody says how many epochs, and limits to what that makes of a very large file and
 * of a very small one. Of ECG5000 (400 rows × 140) validation errors at 1000, 3000 and 6000 steps were 0.052, 0.031 and
 * 0.027; CBF's 24 rows were learned after 360 steps, 180 epochs. Weights of the best epoch are kept, so that too many cost time only.
 */
const usualSteps = 5000
const fewestEpochs = 10
const mostEpochs = 1000

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/** Sixteen as in the paper; from 2000 rows more, so that a pass over a large file is not all overhead. */
export const defaultBatchSize = (rows: number): number =>
  Math.min(rows, between(16, 2 ** Math.round(Math.log2(rows / 128)), 128))

export const defaultEpochs = (rows: number, batchSize: number): number =>
  between(fewestEpochs, Math.round(usualSteps / Math.ceil(rows / batchSize)), mostEpochs)

/** The paper's ten, and never so many that nothing has to be left out. */
export const defaultBottleneck = (columns: number): number => between(1, Math.floor(columns / 2), 10)

/** The encoder's widths backwards, the first of them twice: the paper's d-64-64-h and h-64-64-64-d. */
export const mirrored = (hidden: readonly number[]): number[] =>
  hidden.length === 0 ? [] : [hidden[hidden.length - 1], ...[...hidden].reverse()]

/** Files of labelled series, by name, as `loadSamples` tells them: UCR's and sktime's. */
const seriesFile = /(_(TRAIN|TEST)\.(tsv|txt)|\.ts)(\.gz)?$/i

/** Pixels by one range, series by their own mean, tables column by column. */
function defaultNormalisation(
  { path, format }: TrainSettings['data'],
  { image, labels, columns }: Samples,
): NormaliserKind {
  if (image !== null) return 'range'
  const named = format === null ? seriesFile.test(path) : format === 'ucr' || format === 'ts'
  return named && labels !== null && columns === null ? 'series' : 'columns'
}

/** How many rows are held out: none, or at least one on each side. */
export const heldOut = (rows: number, validation: number): number =>
  validation === 0 ? 0 : between(1, Math.round(validation * rows), rows - 1)

/** Half of the bottleneck is kept by `kSparse` unless another k is asked for. */
const withKept = (objective: ObjectiveSetting, bottleneck: number): ObjectiveSetting =>
  objective.name === 'kSparse' ? { kept: Math.ceil(bottleneck / 2), ...objective } : objective

/** All settings, the unsaid ones chosen from the data. */
export function completeSettings(request: TrainRequest, samples: Samples): TrainSettings {
  const [rows, columns] = samples.data.shape
  const validation = request.validation ?? (rows < 2 ? 0 : trainFields.validation.default)
  const trained = rows - heldOut(rows, validation)
  const { hidden = trainFields.hidden.default, batchSize = defaultBatchSize(trained) } = request
  const { bottleneck = defaultBottleneck(columns) } = request
  const objectives: readonly ObjectiveSetting[] =
    request.objectives ?? objectiveFields.objective.default.map((name) => ({ name }))
  return {
    data: request.data,
    normalise: request.normalise ?? defaultNormalisation(request.data, samples),
    validation,
    bottleneck,
    hidden,
    decoderHidden: request.decoderHidden ?? mirrored(hidden),
    bottleneckActivation: request.bottleneckActivation ?? trainFields.bottleneckActivation.default,
    objectives: objectives.map((objective) => withKept(objective, bottleneck)),
    epochs: request.epochs ?? defaultEpochs(trained, batchSize),
    patience: request.patience ?? trainFields.patience.default,
    batchSize,
    learningRate: request.learningRate ?? trainFields.learningRate.default,
    seed: request.seed ?? trainFields.seed.default,
  }
}
