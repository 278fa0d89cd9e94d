import { statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Autoencoder, loadModel, type Network } from '@facet/models'
import { describe } from '@facet/tensor/checks'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { fileNames } from '../model/files.ts'
import { type ModelFolder, openModelFolder } from '../model/open-model-folder.ts'
import { isObject, parseJson } from './json.ts'
import { layersOf } from './layers-of.ts'
import { loadCheckpoint } from './load-checkpoint.ts'
import { isRandomNetwork, randomNetwork } from './random-network.ts'
import { readNetwork } from './read-network.ts'
import { mostBytes, readText, readWhole } from './read-whole.ts'

/** A network as it was found: one network, or an encoder and a decoder. */
export interface OpenedNetwork {
  /** What it was opened from. */
  readonly source: string
  readonly networks: readonly Network[]
  /** The model folder that it was read from. */
  readonly folder: ModelFolder | null
}

/**
 * Opens a network from wherever one may stand: a folder of `facet train`, finished or not; a model file (`.safetensors`); JSON with
 * `layers`, as golden files have them; `random:2-16-16-1`, which is drawn.
 *
 * @throws UsageError naming the file and what is wrong with it.
 */
export async function openNetwork(source: string): Promise<OpenedNetwork> {
  await startEngine()
  if (isRandomNetwork(source)) return { source, networks: [randomNetwork(source)], folder: null }
  const path = resolve(source)
  const found = told(source, () => statSync(path, { throwIfNoEntry: false }))
  if (found === undefined) throw new UsageError(`${source}: there is no such file or folder`)
  if (found.isDirectory()) return openFolder(source, path)
  if (basename(path) === fileNames.checkpoint)
    return {
      source,
      networks: halvesOf(told(source, () => loadCheckpoint(resolve(path, '..')))),
      folder: null,
    }
  if (path.endsWith('.safetensors'))
    return {
      source,
      networks: halvesOf(told(source, () => loadModel(readWhole(path, mostBytes.safetensors)))),
      folder: null,
    }
  return {
    source,
    networks: told(source, () => readJson(readText(path, mostBytes.networkJson))),
    folder: null,
  }
}

async function openFolder(source: string, path: string): Promise<OpenedNetwork> {
  const has = (name: string) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile() === true
  if (!has(fileNames.config) && has(fileNames.unfinished))
    return { source, networks: halvesOf(told(source, () => loadCheckpoint(path))), folder: null }
  const folder = await openModelFolder(path)
  return { source, networks: halvesOf(folder.model), folder }
}

const halvesOf = ({ encoder, decoder }: Autoencoder): Network[] => [encoder, decoder]

/** `encoderLayers` says where the decoder of an autoencoder begins. */
function readJson(text: string): Network[] {
  const file = parseJson(text)
  if (!isObject(file) || file.layers === undefined)
    throw new Error(
      "expected a network as JSON, an object with 'layers'; folders of facet train and .safetensors are read too",
    )
  const { encoderLayers, ...written } = file
  const network = readNetwork({ input: written.input, layers: file.layers }, 'float64')
  if (encoderLayers === undefined) return [network]
  const end = network.layers.length
  if (!Number.isInteger(encoderLayers) || Number(encoderLayers) < 1 || Number(encoderLayers) >= end)
    throw new Error(
      `encoderLayers: expected a whole number from 1 to ${end - 1}, got ${describe(encoderLayers)}`,
    )
  return [
    layersOf(network, 0, Number(encoderLayers), 'encoder'),
    layersOf(network, Number(encoderLayers), end, 'decoder'),
  ]
}

function told<T>(source: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${source}: ${(error as Error).message}`)
  }
}
