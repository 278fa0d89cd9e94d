import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { expectFits } from './expect-fits.ts'
import { readModelBytes } from './files.ts'
import { configIn, hasCard } from './model-card.ts'
import { readModelFile } from './model-file.ts'
import { type ModelFolder, openModelFolder } from './open-model-folder.ts'

/**
 * Opens what `facet train` made: its folder, or the file `model.safetensors` of it alone, wherever it is and whatever it is called now.
 *
 * @throws UsageError naming the file that is missing or damaged, and the field that is wrong.
 */
export async function openModel(path: string): Promise<ModelFolder> {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  return isFile ? openModelFile(path) : openModelFolder(path)
}

/** Opens a model file alone. */
export async function openModelFile(file: string): Promise<ModelFolder> {
  await startEngine()
  const path = resolve(file)
  const { model, metadata, calibration } = readModelFile(path, readModelBytes(path))
  if (!hasCard(metadata)) {
    throw new UsageError(
      `${path}: expected a model file of facet train, with how rows are prepared in its metadata, got the weights alone; give the folder with its model.json`,
    )
  }
  const config = configIn(path, metadata)
  expectFits(path, config, model)
  return {
    path,
    config,
    model,
    preparation: config.preparation,
    hasRegions: false,
    async regions() {
      throw new UsageError(
        `${path}: a model file alone does not say where its training rows lie: regions.npz is in the folder of facet train`,
      )
    },
    calibration: async () => calibration,
    generators: () => ({}),
    log: () => [],
  }
}
