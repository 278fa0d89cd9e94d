import {
  type Autoencoder,
  type Calibration,
  calibrationFromFile,
  calibrationToFile,
  loadModelFile,
  saveModel,
} from '@facet/models'
import { UsageError } from '../errors.ts'
import { cardOf } from './model-card.ts'
import type { ModelConfig } from './model-schema.ts'

/** What a model file holds. */
export interface ModelFile {
  readonly model: Autoencoder
  readonly metadata: Readonly<Record<string, string>>
  /** `null` where nothing was held out, and in files of earlier releases. */
  readonly calibration: Calibration | null
}

/** A model as one file: weights, and everything that its users need to know. */
export function modelFileOf(
  model: Autoencoder,
  config: ModelConfig,
  calibration: Calibration | null,
): Promise<Uint8Array> {
  const kept = calibration === null ? { metadata: {}, tensors: {} } : calibrationToFile(calibration)
  return saveModel(model, { metadata: { ...cardOf(config), ...kept.metadata }, tensors: kept.tensors })
}

/** @throws UsageError naming the file and what is wrong with it: anybody may have written it. */
export function readModelFile(path: string, bytes: Uint8Array): ModelFile {
  try {
    const { model, metadata, tensors } = loadModelFile(bytes)
    return { model, metadata, calibration: calibrationFromFile({ metadata, tensors }) }
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`)
  }
}
