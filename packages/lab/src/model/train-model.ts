import { adam, autoencoder, type EpochRecord, type FitOptions, fit, type History } from '@facet/models'
import { objectivesFrom } from './objectives.ts'
import type { TrainSettings } from './settings.ts'
import type { TrainingSet } from './training-set.ts'

/** What a training starts from: a new model with its objectives, a pure function of the settings. */
export function newModel(settings: TrainSettings, { train }: TrainingSet) {
  const { bottleneck, hidden, decoderHidden, bottleneckActivation, seed } = settings
  const model = autoencoder({
    input: train.shape[1],
    bottleneck,
    encoderHidden: hidden,
    decoderHidden,
    bottleneckActivation,
    seed,
  })
  return { model, objectives: objectivesFrom(settings.objectives) }
}

/** What `fit` and `Trainer` are told of a training. */
export const trainerOptions = ({ epochs, patience, batchSize, learningRate, seed }: TrainSettings) => ({
  epochs,
  patience: patience ?? undefined,
  batchSize,
  seed,
  optimizer: adam({ learningRate }),
})

/** What happens around a training; none of it changes a number. */
export interface TrainingWatch {
  readonly resume: Uint8Array | null
  readonly signal: AbortSignal
  readonly onEpoch: (record: EpochRecord, secondsLeft: number) => void
  readonly onCheckpoint: (checkpoint: Uint8Array) => void
  readonly checkpointEvery: number
}

/** Trains; where the signal ends it early, the history holds the checkpoint. */
export async function trainModel(settings: TrainSettings, set: TrainingSet, watch: TrainingWatch) {
  const { model, objectives } = newModel(settings, set)
  const { train, validation } = set
  const { resume, signal, onEpoch, onCheckpoint, checkpointEvery } = watch
  const options: FitOptions = {
    ...trainerOptions(settings),
    objective: objectives,
    resume,
    signal,
    checkpointEvery,
    onEpoch: (record, { remaining }) => onEpoch(record, remaining),
    onCheckpoint: (checkpoint) => onCheckpoint(checkpoint),
  }
  const history: History = await fit(model, validation ? { train, validation } : train, options)
  return { model, objectives, history }
}
