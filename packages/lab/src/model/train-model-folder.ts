import type { SamplesFile } from '@facet/data/node'
import { type EpochRecord, NotFiniteError } from '@facet/models'
import { startEngine } from '../engine.ts'
import { Interrupted, UsageError } from '../errors.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import type { ProgressStream } from '../progress/progress.ts'
import { counted } from '../text/number.ts'
import { changesWithin, currentSettings, withRate } from './changes.ts'
import { completeSettings, preparationSettings, type TrainRequest } from './defaults.ts'
import { describeTraining } from './describe-training.ts'
import { estimate } from './estimate.ts'
import { fileNames, stampOf } from './files.ts'
import { fingerprintOf, isOf } from './fingerprint.ts'
import { finishModel } from './finish-model.ts'
import { epochKeeper, forgetEpochs } from './kept-epochs.ts'
import { removeReadme } from './model-readme.ts'
import type { ModelConfig, UnfinishedTraining } from './model-schema.ts'
import { trainingProgress } from './progress-line.ts'
import type { TrainSettings } from './settings.ts'
import { checkpointAfter, endTraining, type TrainedModel, trainerOf, trainModel } from './train-model.ts'
import { trainedOn } from './trained-on.ts'
import { expectTrainable, type TrainingSet, trainingSet } from './training-set.ts'
import {
  checkpointOf,
  forgetTraining,
  type NotedTraining,
  noteTraining,
  readUnfinished,
  startOf,
} from './unfinished.ts'

/** How a training is run; none of it changes a number. */
export interface TrainOptions {
  /** Where the model goes; see `inResultFolder`. */
  readonly folder: ResultFolder
  /** Stops the training with a checkpoint. */
  readonly signal?: AbortSignal
  /** Where progress goes; default nowhere. */
  readonly stream?: ProgressStream
  /** Train even where the folder holds a model or an unfinished training; default false. */
  readonly overwrite?: boolean
  /** Keep the weights after every so many epochs; default never. */
  readonly keepEvery?: number | undefined
}

/** About so many seconds of training lie between two checkpoints, or an epoch where that is longer; one costs milliseconds. */
const checkpointSeconds = 0.5

const silent: ProgressStream = { write: () => {} }

/**
 * Trains an autoencoder on samples and keeps it in a folder. What is not asked for is chosen from the data
 * (`completeSettings`). The same samples and settings give the same bytes.
 *
 * @throws UsageError for settings that the samples do not allow, or a folder that holds a model already; Interrupted
 * once the signal is aborted, with a checkpoint in the folder.
 */
export async function trainModelFolder(
  request: TrainRequest,
  samples: SamplesFile,
  options: TrainOptions,
): Promise<ModelConfig> {
  const { folder, overwrite = false } = options
  folder.expectPlain(Object.values(fileNames))
  if (!overwrite) expectFree(folder)
  // Before a file is touched: a setting that cannot be leaves the folder as it was.
  await startEngine()
  const prepared = preparationSettings(request, samples)
  const set = trainingSet(samples, prepared)
  const settings = completeSettings(request, prepared, set)
  expectTrainable(set, settings, samples.name)
  removeReadme(folder)
  for (const name of Object.values(fileNames)) if (name !== fileNames.readme) folder.remove(name)
  forgetEpochs(folder, -1)
  return train({ settings, sha256: fingerprintOf(samples) }, samples, set, options)
}

/** What a training that is gone on with does otherwise than before. */
export interface ResumeOptions extends TrainOptions {
  /** Goes on with this rate, from the best weights. */
  readonly learningRate?: number | undefined
  /** Ends it here, with the best weights. */
  readonly finish?: boolean | undefined
}

/**
 * Goes on with the training that a folder holds unfinished, to the same bits as without a break. With another learning rate it goes back to
 * the end of the epoch whose weights were the best, or else to where the last checkpoint was taken, and goes on from there with
 * new moments.
 *
 * @throws UsageError where there is none, or the samples are not those it was begun with.
 */
export async function resumeModelFolder(samples: SamplesFile, options: ResumeOptions): Promise<ModelConfig> {
  const { folder, learningRate, finish = false } = options
  folder.expectPlain(Object.values(fileNames))
  const noted = readUnfinished(folder.path)
  await startEngine()
  if (!isOf(samples, noted.sha256)) {
    throw new UsageError(
      `--resume: ${samples.name} does not hold the samples that this training was begun with`,
    )
  }
  const set = trainingSet(samples, noted.settings)
  expectTrainable(set, noted.settings, samples.name)
  if (finish) return end(noted, samples, set, folder)
  const isOther = learningRate !== undefined && learningRate !== currentSettings(noted).learningRate
  const training = isOther ? changed(noted, learningRate, set, folder) : noted
  return train(training, samples, set, options)
}

/** The training with another rate from where it goes on. */
function changed(
  noted: UnfinishedTraining,
  learningRate: number,
  set: TrainingSet,
  folder: ResultFolder,
): UnfinishedTraining {
  const bytes = checkpointOf(folder)
  if (bytes === null) return withRate(noted, learningRate, 0, undefined)
  const settings = { ...noted.settings, learningRate }
  const steps = readable(folder, () => {
    const { trainer } = trainerOf(settings, set, { restart: bytes })
    trainer.release()
    return trainer.stepsDone
  })
  return withRate(noted, learningRate, steps, stampOf(bytes).sha256)
}

/** Keeps the best weights of an unfinished training as its model. */
async function end(
  noted: UnfinishedTraining,
  samples: SamplesFile,
  set: TrainingSet,
  folder: ResultFolder,
): Promise<ModelConfig> {
  const start = startOf(folder, noted)
  if (start === null) throw new UsageError(`--finish: ${folder.path} holds no checkpoint: no epoch is done`)
  const { steps, ...trained } = readable(folder, () => endTraining(currentSettings(noted), set, start))
  return finish(folder, noted, samples, set, { ...trained, steps, endedAfterSteps: steps })
}

interface Ended extends TrainedModel {
  readonly steps: number
  readonly endedAfterSteps?: number
}

async function finish(
  folder: ResultFolder,
  training: NotedTraining,
  samples: SamplesFile,
  set: TrainingSet,
  { steps, endedAfterSteps, ...trained }: Ended,
): Promise<ModelConfig> {
  const { settings, sha256 } = training
  const course = {
    ...changesWithin(training, steps),
    ...(endedAfterSteps !== undefined && { endedAfterSteps }),
  }
  const config = await finishModel(folder, { settings, course, samples, sha256, set, ...trained })
  forgetTraining(folder)
  return config
}

async function train(
  training: NotedTraining,
  samples: SamplesFile,
  set: TrainingSet,
  options: TrainOptions,
): Promise<ModelConfig> {
  const { folder, signal = new AbortController().signal, stream = silent, keepEvery } = options
  const settings = currentSettings(training)
  const start = startOf(folder, training)
  const { epochs, stepsPerEpoch, secondsPerEpoch } = readable(folder, () => estimate(settings, set, start))
  const records = [...epochs]
  noteTraining(folder, training)
  forgetEpochs(folder, epochs.length)
  const data = trainedOn(samples, settings, set, training.sha256)
  const about = { settings, data, secondsPerEpoch, done: epochs.length }
  stream.write(describeTraining(about, stream.columns || 120))
  let last = start
  let kept = epochs.length
  const keepCheckpoint = (checkpoint: Uint8Array): void => {
    // For people: what is resumed has its epochs from the checkpoint.
    folder.writeLines(fileNames.log, records)
    folder.write(fileNames.checkpoint, checkpoint)
    last = { resume: checkpoint }
    kept = records.length
  }
  const progress = trainingProgress(settings.epochs, stream)
  try {
    const trained = await trainModel(settings, set, {
      start,
      signal,
      checkpointEvery: Math.max(1, Math.round(checkpointSeconds / Math.max(secondsPerEpoch, 1e-4))),
      onCheckpoint: keepCheckpoint,
      onModel: keepEvery === undefined ? undefined : epochKeeper(folder, keepEvery),
      onEpoch(record, secondsLeft) {
        records.push(record)
        progress.epoch(record, secondsLeft)
      },
    }).finally(() => progress.stop())
    const { history } = trained
    if (history.checkpoint !== null) {
      keepCheckpoint(history.checkpoint)
      const done = `${history.epochs.length} of ${settings.epochs} epochs`
      throw new Interrupted(`interrupted after ${done}; go on with: facet train --resume ${folder.path}`)
    }
    return await finish(folder, training, samples, set, {
      ...trained,
      steps: history.epochs.length * stepsPerEpoch,
    })
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error
    // The last whole epoch, wherever the last checkpoint was taken: what is begun from it has the same bits on every machine.
    if (error.epoch > kept) {
      const checkpoint = await checkpointAfter(error.epoch, settings, set, last)
      if (checkpoint !== null) keepCheckpoint(checkpoint)
    }
    throw new Error(waysOn(error, folder, settings, records), { cause: error })
  }
}

/** What went wrong, and the two commands that save what was learned. */
function waysOn(
  { message, step }: NotFiniteError,
  folder: ResultFolder,
  { learningRate }: TrainSettings,
  records: readonly EpochRecord[],
): string {
  const rate = Number((learningRate / 10).toPrecision(3))
  const lower = `facet train --resume ${folder.path} --learning-rate ${rate}`
  const at = step === null ? message : `${message} (step ${step} of the training)`
  if (!folder.has(fileNames.checkpoint) || records.length === 0) {
    return `${at}; no epoch was done; begin anew with a lower rate: ${lower}`
  }
  const best = bestOf(records)
  const held = `${folder.pathOf(fileNames.checkpoint)} holds ${counted(records.length, 'epoch')}`
  const which = best === null ? 'its weights' : `the weights of epoch ${best}, the best`
  return `${at}; ${held} and ${which}: go on from them with a lower rate: ${lower}; or keep them as the model: facet train --resume ${folder.path} --finish`
}

/** The epoch of the lowest validation error, from 1; `null` without. */
function bestOf(records: readonly EpochRecord[]): number | null {
  const errors = records.flatMap(({ validation }) => (validation === undefined ? [] : [validation]))
  return errors.length === 0 ? null : errors.indexOf(Math.min(...errors)) + 1
}

/** A checkpoint that cannot be gone on from is told with its path, and what to do. */
function readable<T>(folder: ResultFolder, f: () => T): T {
  try {
    return f()
  } catch (error) {
    if (!folder.has(fileNames.checkpoint)) throw error
    const path = folder.pathOf(fileNames.checkpoint)
    throw new UsageError(`${path}: ${(error as Error).message}; without that file the training begins anew`)
  }
}

function expectFree(folder: ResultFolder): void {
  if (folder.has(fileNames.unfinished)) {
    throw new UsageError(
      `--out: ${folder.path} holds an unfinished training: --resume goes on with it, --overwrite begins anew`,
    )
  }
  if (folder.has(fileNames.config)) {
    throw new UsageError(`--out: ${folder.path} holds a model: choose another folder, or --overwrite`)
  }
}
