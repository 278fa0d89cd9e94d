import {
  type Autoencoder,
  adam,
  autoencoder,
  type EpochRecord,
  type FitOptions,
  fit,
  type History,
  type Objective,
  Trainer,
} from '@facet/models'
import { key } from '@facet/tensor'
import { objectivesFrom } from '../objectives.ts'
import { type BankChoice, bankOf } from '../sets/generator-banks.ts'
import type { TrainSettings } from './settings.ts'
import type { TrainingSet } from './training-set.ts'
import type { Start } from './unfinished.ts'

/** What a training starts from: a new model with its objectives, a pure function of the settings. */
function newModel(settings: TrainSettings, { train, image }: TrainingSet) {
  const { bottleneck, hidden, decoderHidden, bottleneckActivation, seed } = settings
  const model = autoencoder({
    input: train.shape[1],
    bottleneck,
    encoderHidden: hidden,
    decoderHidden,
    bottleneckActivation,
    seed,
  })
  const zNormalised = settings.normalise === 'series'
  const source = { length: train.shape[1], image, zNormalised, train, key: key(seed).child('bank') }
  const bank = (choice?: BankChoice) => bankOf(source, choice)
  return { model, objectives: objectivesFrom(settings.objectives, { bank }) }
}

/** What `fit` and `Trainer` are told of a training. */
const trainerOptions = ({ epochs, patience, batchSize, learningRate, seed }: TrainSettings) => ({
  epochs,
  patience: patience ?? undefined,
  batchSize,
  seed,
  optimizer: adam({ learningRate }),
})

/** A trainer of a new model, from a checkpoint where there is one. */
export function trainerOf(settings: TrainSettings, set: TrainingSet, start: Start | null) {
  const { model, objectives } = newModel(settings, set)
  const options = { ...trainerOptions(settings), ...start, objective: objectives }
  return { trainer: new Trainer(model, dataOf(set), options), model, objectives }
}

const dataOf = ({ train, validation }: TrainingSet) => (validation ? { train, validation } : train)

/** What happens around a training; none of it changes a number. */
export interface TrainingWatch {
  readonly start: Start | null
  readonly signal: AbortSignal
  readonly onEpoch: (record: EpochRecord, secondsLeft: number) => void
  readonly onCheckpoint?: (checkpoint: Uint8Array) => void
  readonly checkpointEvery?: number
  /** Is given the model before a new training, and after each epoch with their number so far. */
  readonly onModel?: ((model: Autoencoder, epochs: number) => Promise<void>) | undefined
}

/** A model that was trained, or as far as it was. */
export interface TrainedModel {
  readonly model: Autoencoder
  readonly objectives: readonly Objective[]
  readonly history: History
}

/** Trains; where the signal ends it early, the history holds the checkpoint. */
export async function trainModel(
  settings: TrainSettings,
  set: TrainingSet,
  { start, signal, onEpoch, onCheckpoint, checkpointEvery, onModel }: TrainingWatch,
): Promise<TrainedModel> {
  const { model, objectives } = newModel(settings, set)
  const options: FitOptions = {
    ...trainerOptions(settings),
    ...start,
    objective: objectives,
    signal,
    checkpointEvery,
    async onEpoch(record, { remaining }) {
      onEpoch(record, remaining)
      await onModel?.(model, record.epoch + 1)
    },
    onCheckpoint,
  }
  if (start === null) await onModel?.(model, 0)
  const history: History = await fit(model, dataOf(set), options)
  return { model, objectives, history }
}

/** The run as it stood after so many epochs of a training that could not go on. */
export async function checkpointAfter(
  epochs: number,
  settings: TrainSettings,
  set: TrainingSet,
  start: Start | null,
): Promise<Uint8Array | null> {
  const stop = new AbortController()
  const onEpoch = ({ epoch }: EpochRecord): void => void (epoch + 1 === epochs && stop.abort())
  const { history } = await trainModel(settings, set, { start, signal: stop.signal, onEpoch })
  return history.checkpoint
}

/** Ends a training where it stands: the best weights that its checkpoint holds, or else its last. */
export function endTraining(
  settings: TrainSettings,
  set: TrainingSet,
  start: Start,
): TrainedModel & { readonly steps: number } {
  const { trainer, model, objectives } = trainerOf(settings, set, start)
  try {
    trainer.end()
    return { model, objectives, history: trainer.finish(), steps: trainer.stepsDone }
  } finally {
    trainer.release()
  }
}
