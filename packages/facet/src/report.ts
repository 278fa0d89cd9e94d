import {
  type AlarmRule,
  type Autoencoder,
  alarmRule,
  type Calibration,
  formatArchitecture,
  type History,
  modelBaselines,
  type PartErrors,
  type Samples,
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

/** The model's errors, and what simpler predictors reach. */
export function errorsOf(
  model: Autoencoder,
  train: Samples,
  heldOut: Samples | null,
  seed: number | string,
): Pick<FitReport, 'error' | 'mean' | 'pca' | 'unchanged'> {
  const both = (error: (samples: Samples) => number): PartErrors => ({
    train: error(train),
    validation: heldOut && error(heldOut),
  })
  const error = both(({ x, y = x }) => meanError(x, y, (chunk) => model.reconstruct(chunk)))
  if (train.y !== undefined) {
    return {
      error,
      mean: null,
      pca: null,
      unchanged: both(({ x, y = x }) => meanError(x, y, (chunk) => chunk)),
    }
  }
  const { meanPredictor, pca } = modelBaselines(train.x, heldOut?.x ?? null, model.bottleneck, seed)
  const pcaErrors = { train: pca.train, validation: pca.validation }
  return { error, mean: meanPredictor, pca: pcaErrors, unchanged: null }
}

/** Rows computed at once. */
const chunkRows = 256

/** Mean squared difference between y and what is predicted of x, [n, d] both. */
function meanError(x: Tensor, y: Tensor, predict: (chunk: Tensor) => Tensor): number {
  const [count] = x.shape
  let total = 0
  for (let from = 0; from < count; from += chunkRows) {
    const to = Math.min(from + chunkRows, count)
    scope(() => {
      for (const error of squaredErrors(predict(rows(x, from, to)), rows(y, from, to))) total += error
    })
  }
  return total / count
}
