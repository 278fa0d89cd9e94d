import type { Samples } from '@facet/data/node'
import type { EpochRecord } from '@facet/models'
import { startEngine } from '../engine.ts'
import { Interrupted, UsageError } from '../errors.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import type { ProgressStream } from '../progress/progress.ts'
import { completeSettings, type TrainRequest } from './defaults.ts'
import { describeTraining } from './describe-training.ts'
import { estimate } from './estimate.ts'
import { fileNames } from './files.ts'
import { finishModel } from './finish-model.ts'
import type { ModelConfig } from './model-schema.ts'
import { trainingProgress } from './progress-line.ts'
import type { TrainSettings } from './settings.ts'
import { trainModel } from './train-model.ts'
import { fingerprintOf, trainingSet } from './training-set.ts'
import { forgetTraining, loggedEpochs, noteTraining, readCheckpoint, readUnfinished } from './unfinished.ts'

/** How a training is carried out; none of it changes a number. */
export interface TrainOptions {
  /** Where the model goes; see `inResultFolder`. */
  readonly folder: ResultFolder
  /** Stops the training with a checkpoint. */
  readonly signal?: AbortSignal
  /** Where progress goes; default nowhere. */
  readonly stream?: ProgressStream
  /** Train even where the folder holds a model or an unfinished training; default false. */
  readonly overwrite?: boolean
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
  samples: Samples,
  options: TrainOptions,
): Promise<ModelConfig> {
  const { folder, overwrite = false } = options
  folder.expectPlain(Object.values(fileNames))
  if (!overwrite) expectFree(folder)
  const settings = completeSettings(request, samples)
  // Before a file is touched: a setting that cannot be leaves the folder as it was.
  await startEngine()
  trainingSet(samples, settings)
  for (const name of Object.values(fileNames)) folder.remove(name)
  return train(settings, samples, options)
}

/**
 * Goes on with the training that a folder holds unfinished, to the same bits as without a break.
 *
 * @throws UsageError where there is none, or the samples are not those it was begun with.
 */
export async function resumeModelFolder(samples: Samples, options: TrainOptions): Promise<ModelConfig> {
  options.folder.expectPlain(Object.values(fileNames))
  const { settings, sha256 } = readUnfinished(options.folder.path)
  await startEngine()
  if (fingerprintOf(samples) !== sha256) {
    throw new UsageError(
      `--resume: ${samples.name} does not hold the samples that this training was begun with`,
    )
  }
  return train(settings, samples, options)
}

async function train(settings: TrainSettings, samples: Samples, options: TrainOptions): Promise<ModelConfig> {
  const { folder, signal = new AbortController().signal, stream = silent } = options
  const set = trainingSet(samples, settings)
  const sha256 = fingerprintOf(samples)
  const resume = readCheckpoint(folder)
  const { epochsDone, secondsPerEpoch } = readable(folder, () => estimate(settings, set, resume))
  // The log may know of epochs that the checkpoint does not: those are trained again.
  const records: EpochRecord[] = loggedEpochs(folder).slice(0, epochsDone)
  noteTraining(folder, settings, sha256)
  const about = { settings, samples, set, secondsPerEpoch, done: epochsDone }
  stream.write(describeTraining(about, stream.columns || 120))
  const keepCheckpoint = (checkpoint: Uint8Array): void => {
    // The log first, so that it has every epoch that the checkpoint has.
    folder.writeLines(fileNames.log, records)
    folder.write(fileNames.checkpoint, checkpoint)
  }
  const progress = trainingProgress(settings.epochs, stream)
  const { model, objectives, history } = await trainModel(settings, set, {
    resume,
    signal,
    checkpointEvery: Math.max(1, Math.round(checkpointSeconds / Math.max(secondsPerEpoch, 1e-4))),
    onCheckpoint: keepCheckpoint,
    onEpoch(record, secondsLeft) {
      records.splice(record.epoch, Infinity, record)
      progress.epoch(record, secondsLeft)
    },
  }).finally(() => progress.stop())
  if (history.checkpoint !== null) {
    keepCheckpoint(history.checkpoint)
    const done = `${history.epochs.length} of ${settings.epochs} epochs`
    throw new Interrupted(`interrupted after ${done}; go on with: facet train --resume ${folder.path}`)
  }
  const config = await finishModel(folder, { settings, samples, sha256, set, model, objectives, history })
  forgetTraining(folder)
  return config
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
