import {
  type AlarmRule,
  type Autoencoder,
  alarmRule,
  type Calibration,
  formatArchitecture,
  type History,
  modelBaselines,
  type PartErrors,
  rowErrors,
  type Samples,
  Slice,
  squaredErrors,
} from '@facet/models'
import { rows, scope, sizeOf, type Tensor } from '@facet/tensor'

/** What became of a fit. Errors are mean squared errors in the model's units, of the rows trained on and of those held out. */
export interface FitReport {
  /** Rows given; of these trained on, held out, and left out since they cannot be used. */
  readonly rows: number
  readonly trained: number
  readonly heldOut: number
  readonly leftOut: number
  /** Missing values that were filled in. */
  readonly filled: number
  /** `16-64-64-8-64-64-64-16` and its activations. */
  readonly architecture: string
  readonly parameters: number
  readonly epochs: number
  /** From 1, the one whose weights the model has; `null` where nothing was held out. */
  readonly bestEpoch: number | null
  readonly endedBy: History['endedBy']
  readonly error: PartErrors
  /** Of what a predictor reaches that gives the mean, or the principal components, as many as the bottleneck has units; `null` for pairs. */
  readonly mean: PartErrors | null
  readonly pca: PartErrors | null
  /** Of pairs the error of the rows as they came; else `null`. */
  readonly unchanged: PartErrors | null
  /** When an error is an alarm; `null` where nothing was held out. */
  readonly alarms: AlarmReport | null
}

/** An {@link AlarmRule}, and the rows that it rests on. */
export interface AlarmReport extends AlarmRule {
  /** Rows that calibrate, and those beyond the fence, which are so odd that they do not. */
  readonly calibrating: number
  readonly fenced: number
}

/** When an error is an alarm. */
export const alarmReport = (calibration: Calibration, alarms: number): AlarmReport => ({
  ...alarmRule(calibration, alarms),
  calibrating: calibration.errors.length,
  fenced: calibration.fenced,
})

/** What is said of the model and its training. */
export const trainingFacts = (model: Autoencoder, { epochs, bestEpoch, endedBy }: History) => ({
  architecture: formatArchitecture(model),
  parameters: model.parameters.reduce((sum, { value }) => sum + sizeOf(value.shape), 0),
  epochs: epochs.length,
  bestEpoch: bestEpoch === null ? null : bestEpoch + 1,
  endedBy,
})

/** The model's errors, and what simpler predictors reach. Breathes between chunks of rows. */
export async function errorsOf(
  model: Autoencoder,
  train: Samples,
  heldOut: Samples | null,
  seed: number | string,
): Promise<Pick<FitReport, 'error' | 'mean' | 'pca' | 'unchanged'>> {
  const slice = new Slice()
  const both = async (predict: (chunk: Tensor) => Tensor): Promise<PartErrors> => ({
    train: await meanError(train, predict, slice),
    validation: heldOut && (await meanError(heldOut, predict, slice)),
  })
  const error = await both((chunk) => model.reconstruct(chunk))
  if (train.y !== undefined) {
    return { error, mean: null, pca: null, unchanged: await both((chunk) => chunk) }
  }
  const validation = heldOut?.x ?? null
  const { meanPredictor, pca } = await modelBaselines(train.x, validation, model.bottleneck, seed)
  const pcaErrors = { train: pca.train, validation: pca.validation }
  return { error, mean: meanPredictor, pca: pcaErrors, unchanged: null }
}

/** Rows computed at once. */
const chunkRows = 256

async function forChunks(count: number, f: (from: number, to: number) => void, slice: Slice): Promise<void> {
  for (let from = 0; from < count; from += chunkRows) {
    scope(() => f(from, Math.min(from + chunkRows, count)))
    await slice.breathe()
  }
}

/** Errors of the rows held out, each as `rowErrors` gives it. */
export async function heldOutErrors(model: Autoencoder, { x }: Samples): Promise<Float64Array> {
  const errors = new Float64Array(x.shape[0])
  const some = (from: number, to: number): void => errors.set(rowErrors(model, rows(x, from, to)), from)
  await forChunks(errors.length, some, new Slice())
  return errors
}

/** Mean squared difference between what rows are to become and what is predicted of them. */
async function meanError(
  { x, y = x }: Samples,
  predict: (chunk: Tensor) => Tensor,
  slice: Slice,
): Promise<number> {
  let total = 0
  const addUp = (from: number, to: number): void => {
    for (const error of squaredErrors(predict(rows(x, from, to)), rows(y, from, to))) total += error
  }
  await forChunks(x.shape[0], addUp, slice)
  return total / x.shape[0]
}
