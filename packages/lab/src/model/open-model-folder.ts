import { join, resolve } from 'node:path'
import type { Normaliser } from '@facet/data'
import { type Autoencoder, type EpochRecord, loadModel } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { expectFits } from './expect-fits.ts'
import { fileNames, readBytes, readJsonFile, readStamped } from './files.ts'
import { type ModelConfig, modelFormat, modelSchema } from './model-schema.ts'
import { readGenerators } from './read-generators.ts'
import { readLog } from './read-log.ts'
import { expectRowsOf, readRegions, type TrainingRegions } from './training-regions.ts'

/** A model on the disk, ready to be used. Files are read, and compared with their checksums, when asked for. */
export interface ModelFolder {
  readonly path: string
  readonly config: ModelConfig
  readonly model: Autoencoder
  readonly normaliser: Normaliser
  /** Where the training rows lie, and how well they are reconstructed. */
  regions(): Promise<TrainingRegions>
  /** Learned generators [count, d, d], by the name of their objective; none for objectives without. */
  generators(): Readonly<Record<string, Tensor>>
  /** Every epoch, the first first. */
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
  const config = readJsonFile(configPath, bytes, modelFormat, modelSchema)
  const stamped = (name: string): Uint8Array => readStamped(path, name, config.files)
  const model = read(path, fileNames.weights, () => loadModel(stamped(fileNames.weights)))
  expectFits(configPath, config, model)
  return {
    path,
    config,
    model,
    normaliser: config.normaliser,
    async regions() {
      const content = stamped(fileNames.regions)
      try {
        const regions = await readRegions(model, config.data.trainRows, content)
        expectRowsOf(regions, config.data)
        return regions
      } catch (error) {
        throw new UsageError(`${join(path, fileNames.regions)}: ${(error as Error).message}`)
      }
    },
    generators: () =>
      fileNames.generators in config.files
        ? read(path, fileNames.generators, () => readGenerators(stamped(fileNames.generators), config))
        : {},
    log: () =>
      read(path, fileNames.log, () => readLog(join(path, fileNames.log), stamped(fileNames.log), config)),
  }
}

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
