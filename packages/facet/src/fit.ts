import {
  type Autoencoder,
  adam,
  autoencoder,
  type Calibration,
  calibrate,
  defaultBatchSize,
  defaultBottleneck,
  defaultDecoderHidden,
  defaultEpochs,
  type FitOptions as EngineOptions,
  type History,
  pcaInSlices,
  type Samples,
  Slice,
  Trainer,
  fit as trainModel,
} from '@facet/models'
import { key, type Tensor, tensor } from '@facet/tensor'
import { startEngine } from './engine.ts'
import { FittedModel } from './fitted-model.ts'
import type { Kept } from './fitted-parts.ts'
import { joinedRows } from './joined-rows.ts'
import { KeptRows } from './kept-rows.ts'
import { objectiveOf } from './objective.ts'
import { type FitOptions, fitOptions, type ResolvedFitOptions } from './options.ts'
import { type Part, type TrainingRows, trainingRows } from './prepare-training.ts'
import { reporter } from './progress.ts'
import { alarmReport, errorsOf, type FitReport, heldOutErrors, trainingFacts } from './report.ts'
import type { RowsInput } from './rows/table.ts'
import { settingsOf } from './settings.ts'

/**
 * Fits an autoencoder to rows: normalised, a share held out, the best epoch kept, and alarms set so that of rows like these about the share `alarms` is called odd.
 * Starts the engine where nobody has. The same rows and options give the same model as `facet train` does. The event loop gets its turn every 12 ms.
 *
 * @param rows lists of numbers, objects by column, one object of columns, or one typed array with `columns`; `null`, `undefined` and NaN are missing values
 * @throws TypeError or RangeError, naming row and column or option, for what cannot be; the signal's reason where it is aborted before an epoch is done
 * @example
 * import { fit } from '@facet/facet'
 * const rows = Array.from({ length: 400 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(i) * Math.cos(i)])
 * const model = await fit(rows, { bottleneck: 1, alarms: 0.01 })
 * model.isAnomaly([[0, 1, 0], [1, 1, 1]]) // [false, true]
 * model.explain([[1, 1, 1]])[0].columns[0] // the column with the largest share of the error
 * model.report.error.validation // beside .mean and .pca, what simpler predictors reach
 */
export async function fit(rows: RowsInput, options: FitOptions = {}): Promise<FittedModel> {
  const given = fitOptions.resolve(options)
  given.signal?.throwIfAborted()
  await startEngine()
  const slice = new Slice()
  const set = trainingRows(rows, given)
  await slice.breathe()
  const data: Parts = { train: samplesOf(set.train, set.width), validation: null }
  if (set.heldOut.count > 0) data.validation = samplesOf(set.heldOut, set.width)
  try {
    return await fitted(set, data, given)
  } finally {
    for (const samples of Object.values(data)) {
      samples?.x.dispose()
      samples?.y?.dispose()
    }
  }
}

/** A model of these rows. */
async function fitted(set: TrainingRows, data: Parts, given: ResolvedFitOptions): Promise<FittedModel> {
  const model = await modelOf(set, data.train.x, given)
  try {
    const { batchSize = defaultBatchSize(set.train.count) } = given
    const history = await trained(model, data, batchSize, set.train.count, given)
    return new FittedModel({
      model,
      preparation: set.preparation,
      ...(await describeFit(model, set, data, history, given)),
      settings: settingsOf(given, batchSize),
      kept: keptOf(set, given),
      stream: null,
      loss: given.loss,
    })
  } catch (error) {
    model.dispose()
    throw error
  }
}

/** Both parts as tensors. */
interface Parts {
  train: Samples
  validation: Samples | null
}

function samplesOf({ x, y, count }: Part, width: number): Samples {
  const rows = (values: Float32Array): Tensor => tensor(values, { shape: [count, width] })
  return { x: rows(x), ...(y !== null && { y: rows(y) }) }
}

async function modelOf({ width }: TrainingRows, x: Tensor, given: ResolvedFitOptions): Promise<Autoencoder> {
  const { bottleneck = defaultBottleneck(width), hidden, seed, signal } = given
  if (bottleneck > width)
    throw new RangeError(
      `fit: bottleneck: expected at most ${width}, the columns of the rows, got ${bottleneck}`,
    )
  const skip =
    given.skip === undefined ? undefined : await pcaInSlices(x, Math.min(bottleneck, ...x.shape), { signal })
  try {
    const layers = hidden && { encoderHidden: hidden, decoderHidden: defaultDecoderHidden(hidden) }
    return autoencoder({ input: width, bottleneck, ...layers, skip, seed })
  } finally {
    skip?.mean.dispose()
    skip?.components.dispose()
  }
}

/** Trains; where the signal ends it, the best weights so far are the model's. */
async function trained(
  model: Autoencoder,
  { train: samples, validation }: Parts,
  batchSize: number,
  rows: number,
  given: ResolvedFitOptions,
): Promise<History> {
  const { patience, learningRate, seed, loss, signal, onProgress } = given
  if (batchSize > rows)
    throw new RangeError(`fit: batchSize: expected at most ${rows}, the rows trained on, got ${batchSize}`)
  const { epochs = defaultEpochs(rows, batchSize) } = given
  const options: EngineOptions = {
    epochs,
    batchSize,
    patience,
    seed,
    optimizer: adam({ learningRate }),
    objective: objectiveOf(loss),
  }
  const data = { train: samples, ...(validation !== null && { validation }) }
  const told = onProgress === undefined ? {} : reporter(onProgress)
  const history = await trainModel(model, data, { ...options, signal, ...told })
  if (history.checkpoint === null) return history
  if (history.epochs.length === 0) signal?.throwIfAborted()
  const trainer = new Trainer(model, data, { ...options, resume: history.checkpoint })
  try {
    trainer.end()
    return { ...trainer.finish(), endedBy: 'signal' }
  } finally {
    trainer.release()
  }
}

/** Errors, and what they say of others. */
async function describeFit(
  model: Autoencoder,
  set: TrainingRows,
  { train, validation: heldOut }: Parts,
  history: History,
  { alarms, seed }: ResolvedFitOptions,
): Promise<{ calibration: Calibration | null; report: FitReport }> {
  const calibration = heldOut === null ? null : calibrate(await heldOutErrors(model, heldOut))
  const report: FitReport = {
    rows: set.train.count + set.heldOut.count + set.leftOut,
    trained: set.train.count,
    heldOut: set.heldOut.count,
    leftOut: set.leftOut,
    filled: set.filled,
    ...trainingFacts(model, history),
    ...(await errorsOf(model, train, heldOut, seed)),
    alarms: calibration && alarmReport(calibration, alarms),
  }
  return { calibration, report }
}

/** Rows that the model keeps, drawn where there are more. */
function keptOf({ train, heldOut, width }: TrainingRows, { memory, seed }: ResolvedFitOptions): Kept {
  const [trained, held] = [0, 1].map(() => new KeptRows(train.y === null ? width : 2 * width, memory))
  const kept = { trained, heldOut: held }
  kept.trained.keepRandom(joinedRows(train, width), key(seed).child('kept'))
  kept.heldOut.keepLatest(joinedRows(heldOut, width))
  return kept
}
