import {
  formatShape,
  leakyReluActivation,
  loadSafetensors,
  saveSafetensors,
  type Tensor,
} from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { namedActivation } from './activations.ts'
import {
  type Architecture,
  architectureOf,
  formatArchitecture,
  type LayerArchitecture,
} from './architecture.ts'
import { Autoencoder } from './autoencoder.ts'
import { Dense } from './dense.ts'
import { Network } from './network.ts'

/** The metadata entry that holds the architecture as JSON. */
const ARCHITECTURE = 'facet.autoencoder'

/**
 * A model as a safetensors file: the weights bit for bit, the architecture in the metadata.
 *
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, loadModel, saveModel } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2 })
 * const copy = loadModel(await saveModel(model))
 */
export async function saveModel(model: Autoencoder): Promise<Uint8Array> {
  if (!(model instanceof Autoencoder)) {
    throw new TypeError(`saveModel: expected an Autoencoder, got ${describe(model)}`)
  }
  return saveSafetensors(namedValues(model), {
    [ARCHITECTURE]: JSON.stringify(architectureOf(model)),
  })
}

/**
 * The model of a file written by {@link saveModel}.
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture.
 */
export function loadModel(bytes: Uint8Array): Autoencoder {
  const { tensors, metadata } = loadSafetensors(bytes)
  const architecture = parseArchitecture(metadata)
  const build = (name: 'encoder' | 'decoder') => {
    const layers = architecture[name].map((layer, l) => buildLayer(`${name}.${l}`, layer, tensors))
    return new Network(layers, name)
  }
  return new Autoencoder(build('encoder'), build('decoder'))
}

/**
 * Puts the weights of a file into a model of the same architecture.
 * @throws Error for a file of another architecture, naming the one expected and the one found.
 */
export function restoreModel(model: Autoencoder, bytes: Uint8Array): void {
  const loaded = loadModel(bytes)
  const expected = formatArchitecture(architectureOf(model))
  const found = formatArchitecture(architectureOf(loaded))
  if (found !== expected) {
    throw new Error(
      `restoreModel: a checkpoint of another architecture: expected ${expected}; found ${found}`,
    )
  }
  model.parameters.forEach((parameter, i) => {
    parameter.value.dispose()
    parameter.value = loaded.parameters[i].value
  })
}

/** Every tensor of a model by its place, whatever its parameters are called. */
function namedValues(model: Autoencoder): Record<string, Tensor> {
  const values: Record<string, Tensor> = {}
  for (const name of ['encoder', 'decoder'] as const) {
    model[name].layers.forEach((layer, l) => {
      values[`${name}.${l}.weight`] = layer.weight.value
      if (layer.bias !== null) values[`${name}.${l}.bias`] = layer.bias.value
    })
  }
  return values
}

function parseArchitecture(metadata: Readonly<Record<string, string>>): Architecture {
  const json = metadata[ARCHITECTURE]
  if (json === undefined) {
    const found = Object.keys(metadata).join(', ') || 'no metadata'
    throw new Error(
      `loadModel: expected a file of saveModel, with '${ARCHITECTURE}' in its metadata, got ${found}`,
    )
  }
  const parsed = parseJson(json) as Partial<Architecture> | null
  if (areLayers(parsed?.encoder) && areLayers(parsed?.decoder)) return parsed as Architecture
  throw new Error(`loadModel: expected '${ARCHITECTURE}' to describe an encoder and a decoder, got ${json}`)
}

/** `null` for what is no JSON. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function areLayers(layers: unknown): boolean {
  return Array.isArray(layers) && layers.length > 0 && layers.every(isLayer)
}

function isLayer(layer: Partial<LayerArchitecture> | null): boolean {
  return (
    Number.isInteger(layer?.inputs) &&
    Number.isInteger(layer?.outputs) &&
    typeof layer?.activation?.name === 'string' &&
    typeof layer.bias === 'boolean'
  )
}

function buildLayer(
  name: string,
  layer: LayerArchitecture,
  tensors: Readonly<Record<string, Tensor>>,
): Dense {
  const { name: activation, alpha } = layer.activation
  const find = (part: string, shape: readonly number[]): Tensor => {
    const found = tensors[`${name}.${part}`]
    if (found !== undefined && found.shape.join() === shape.join()) return found
    const got = found === undefined ? 'none' : formatShape(found.shape)
    throw new Error(`loadModel: expected '${name}.${part}' ${formatShape(shape)}, got ${got}`)
  }
  return new Dense({
    name,
    weight: find('weight', [layer.outputs, layer.inputs]),
    bias: layer.bias ? find('bias', [layer.outputs]) : null,
    activation: activation === 'leakyRelu' ? leakyReluActivation(alpha) : namedActivation(activation),
  })
}
