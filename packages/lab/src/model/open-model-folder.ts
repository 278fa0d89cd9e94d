import { join, resolve } from 'node:path'
import type { Preparation } from '@facet/data'
import { type Autoencoder, type Calibration, calibrate, type EpochRecord } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import type * as z from 'zod'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { expectFits } from './expect-fits.ts'
import { fileNames, readBytes, readJsonFile, readStamped } from './files.ts'
import { configIn, expectSame, hasCard } from './model-card.ts'
import { readModelFile } from './model-file.ts'
import { type ModelConfig, modelFormat, modelSchema, olderModelSchema } from './model-schema.ts'
import { readGenerators } from './read-generators.ts'
import { readLog } from './read-log.ts'
import { expectRowsOf, readRegions, type TrainingRegions } from './training-regions.ts'

/** A model on the disk, ready to be used. What else is in its folder is read, and compared with its checksum, when asked for. */
export interface ModelFolder {
  readonly path: string
  readonly config: ModelConfig
  readonly model: Autoencoder
  readonly preparation: Preparation
  /** Whether {@link regions} has something to read. */
  readonly hasRegions: boolean
  /** Where the training rows lie, and how well they are reconstructed. @throws UsageError for a model file alone */
  regions(): Promise<TrainingRegions>
  /** What the errors of held-out rows say of others; `null` where none were held out. */
  calibration(): Promise<Calibration | null>
  /** Learned generators [count, d, d], by the name of their objective; none for objectives without. */
  generators(): Readonly<Record<string, Tensor>>
  /** Every epoch, the first first; none of a model file alone. */
  log(): EpochRecord[]
}

/**
 * Opens a model folder of `facet train`.
 *
 * @throws UsageError naming the file that is missing or damaged, and the field that is wrong.
 */
export async function openModelFolder(folder: string): Promise<ModelFolder> {
  await startEngine()
  const path = resolve(folder)
  const configPath = join(path, fileNames.config)
  const bytes = readBytes(path, fileNames.config, hintFor(path))
  const config = readJsonFile(configPath, bytes, modelFormat, schemaOf)
  const stamped = (name: string): Uint8Array => readStamped(path, name, config.files)
  const weightsPath = join(path, fileNames.weights)
  const { model, metadata, calibration } = readModelFile(weightsPath, stamped(fileNames.weights))
  expectFits(configPath, config, model)
  if (config.version === modelFormat.version || hasCard(metadata)) {
    expectSame(configPath, config, configIn(weightsPath, metadata))
  }
  const regions = async () => {
    const content = stamped(fileNames.regions)
    try {
      const regions = await readRegions(model, config.data.trainRows, content)
      expectRowsOf(regions, config.data)
      return regions
    } catch (error) {
      throw new UsageError(`${join(path, fileNames.regions)}: ${(error as Error).message}`)
    }
  }
  return {
    path,
    config,
    model,
    preparation: config.preparation,
    hasRegions: fileNames.regions in config.files,
    regions,
    /** Folders of earlier releases do not keep it, but the errors that it is made of. */
    async calibration() {
      if (calibration !== null || config.version === modelFormat.version) return calibration
      const { heldOutErrors } = await regions()
      return heldOutErrors.length === 0 ? null : calibrate(heldOutErrors)
    },
    generators: () =>
      fileNames.generators in config.files
        ? read(path, fileNames.generators, () => readGenerators(stamped(fileNames.generators), config))
        : {},
    log: () =>
      read(path, fileNames.log, () => readLog(join(path, fileNames.log), stamped(fileNames.log), config)),
  }
}

const schemaOf = (version: number): z.ZodType<ModelConfig> =>
  version === modelFormat.version ? modelSchema : olderModelSchema

/** Whatever is wrong with a file is told with its path. */
function read<T>(folder: string, name: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${join(folder, name)}: ${(error as Error).message}`)
  }
}

function hintFor(path: string): string {
  try {
    readBytes(path, fileNames.unfinished)
    return `; its training is not finished: facet train --resume ${path}`
  } catch {
    return '; expected a folder of facet train'
  }
}
