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
  rowErrors,
  type Samples,
  Trainer,
  fit as trainModel,
} from '@facet/models'
import { key, type Tensor, tensor } from '@facet/tensor'
import { startEngine } from './engine.ts'
import { FittedModel, type Kept } from './fitted-model.ts'
import { joinedRows } from './joined-rows.ts'
import { KeptRows } from './kept-rows.ts'
import { objectiveOf } from './objective.ts'
import { type FitOptions, fitOptions, type ResolvedFitOptions } from './options.ts'
import { type Part, type TrainingRows, trainingRows } from './prepare-training.ts'
import { reporter } from './progress.ts'
import { alarmReport, errorsOf, type FitReport, trainingFacts } from './report.ts'
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
  const set = trainingRows(rows, given)
  const data: Parts = { train: samplesOf(set.train, set.width), validation: null }
  if (set.heldOut.count > 0) data.validation = samplesOf(set.heldOut, set.width)
  const model = modelOf(set, data.train.x, given)
  try {
    const { batchSize = defaultBatchSize(set.train.count) } = given
    const history = await trained(model, data, batchSize, set.train.count, given)
    return new FittedModel({
      model,
      preparation: set.preparation,
      ...describeFit(model, set, data, history, given),
      settings: settingsOf(given, batchSize),
      kept: keptOf(set, given),
      stream: null,
      loss: given.loss,
    })
  } catch (error) {
    model.dispose()
    throw error
  } finally {
    for (const samples of Object.values(data)) {
      samples?.x.dispose()
      samples?.y?.dispose()
    }
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

function modelOf({ width }: TrainingRows, data: Tensor, given: ResolvedFitOptions): Autoencoder {
  const { bottleneck = defaultBottleneck(width), hidden, skip, seed } = given
  if (bottleneck > width)
    throw new RangeError(
      `fit: bottleneck: expected at most ${width}, the columns of the rows, got ${bottleneck}`,
    )
  return autoencoder({
    input: width,
    bottleneck,
    ...(hidden !== undefined && { encoderHidden: hidden, decoderHidden: defaultDecoderHidden(hidden) }),
    ...(skip !== undefined && { skip, data }),
    seed,
  })
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
function describeFit(
  model: Autoencoder,
  set: TrainingRows,
  { train, validation: heldOut }: Parts,
  history: History,
  { alarms, seed }: ResolvedFitOptions,
): { calibration: Calibration | null; report: FitReport } {
  const calibration = heldOut === null ? null : calibrate(rowErrors(model, heldOut.x))
  const report: FitReport = {
    rows: set.train.count + set.heldOut.count + set.leftOut,
    trained: set.train.count,
    heldOut: set.heldOut.count,
    leftOut: set.leftOut,
    filled: set.filled,
    ...trainingFacts(model, history),
    ...errorsOf(model, train, heldOut, seed),
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
