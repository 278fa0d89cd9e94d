import {
  formatShape,
  leakyReluActivation,
  loadSafetensors,
  saveSafetensors,
  sharesElements,
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
import { type FrameOptions, type FramePart, frameParts } from './frame.ts'
import { Network } from './network.ts'

/** The metadata entry that holds the architecture as JSON. */
const ARCHITECTURE = 'facet.autoencoder'

/** The metadata entry that says, as JSON, of which earlier tensor a tied one is the same: `{ later: earlier }`. */
const TIED = 'facet.tied'

const halves = ['encoder', 'decoder'] as const
type Half = (typeof halves)[number]

/** What is called how in the file. */
const frameTensors: Readonly<Record<FramePart, (half: Half) => string>> = {
  skip: (half) => `${half}.skip.weight`,
  centre: (half) => `${half}.centre`,
  offset: (half) => `${half}.offset`,
}

/** What belongs to a model and is no parameter. */
const fixedParts = ['centre', 'offset'] as const

/**
 * A model as a safetensors file: the weights, and what else is around its layers, bit for bit, the architecture in the metadata, and
 * which tensors are one (tied weights).
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
  const values = namedValues(model)
  const tied = tiesOf(values)
  return saveSafetensors(values, {
    [ARCHITECTURE]: JSON.stringify(architectureOf(model)),
    ...(Object.keys(tied).length > 0 && { [TIED]: JSON.stringify(tied) }),
  })
}

/** Of every tensor that is an earlier one as well, the name of that. */
function tiesOf(values: Readonly<Record<string, Tensor>>): Record<string, string> {
  const names = Object.keys(values)
  return Object.fromEntries(
    names.flatMap((name, i) => {
      const earlier = names.slice(0, i).find((other) => sharesElements(values[other], values[name]))
      return earlier === undefined ? [] : [[name, earlier]]
    }),
  )
}

/**
 * The model of a file written by {@link saveModel}.
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture.
 */
export function loadModel(bytes: Uint8Array): Autoencoder {
  const { tensors: loaded, metadata } = loadSafetensors(bytes)
  const architecture = parseArchitecture(metadata)
  const tensors = withTies(loaded, parseJson(metadata[TIED] ?? '{}'))
  const build = (name: Half) => {
    const layers = architecture[name].map((layer, l) => buildLayer(`${name}.${l}`, layer, tensors))
    return new Network(layers, name, buildFrame(name, architecture, tensors))
  }
  return new Autoencoder(build('encoder'), build('decoder'))
}

/**
 * Puts the weights, centre and offset of a file into a model of the same architecture.
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
  for (const half of halves) {
    for (const part of fixedParts) {
      model[half][part]?.dispose()
      model[half][part] = loaded[half][part]
    }
  }
}

/** Every tensor of a model by its place, whatever its parameters are called. */
function namedValues(model: Autoencoder): Record<string, Tensor> {
  const values: Record<string, Tensor> = {}
  for (const name of halves) {
    const { layers, skip, centre, offset } = model[name]
    layers.forEach((layer, l) => {
      values[`${name}.${l}.weight`] = layer.weight.value
      if (layer.bias !== null) values[`${name}.${l}.bias`] = layer.bias.value
    })
    const frame = { skip: skip?.value ?? null, centre, offset }
    for (const part of frameParts) {
      const value = frame[part]
      if (value !== null) values[frameTensors[part](name)] = value
    }
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
  const isWhole = halves.every((half) => areLayers(parsed?.[half]))
  if (isWhole && areFrames(parsed?.frames)) return parsed as Architecture
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

function areFrames(frames: Architecture['frames'] | null): boolean {
  if (frames === undefined) return true
  return halves.every((half) => {
    const parts: unknown = frames?.[half]
    return Array.isArray(parts) && parts.every((part) => frameParts.includes(part))
  })
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

type NamedTensors = Readonly<Record<string, Tensor>>

/** Tied names share the tensor of the first. @throws Error where the file says of which one, and there is none. */
function withTies(tensors: NamedTensors, ties: unknown): NamedTensors {
  const all = { ...tensors }
  for (const [later, earlier] of Object.entries(Object(ties) as Record<string, string>)) {
    if (all[later] === undefined || all[earlier] === undefined)
      throw new Error(
        `loadModel: expected '${later}' and '${earlier}', which are one tensor, got one of them`,
      )
    all[later].dispose()
    all[later] = all[earlier]
  }
  return all
}

function find(tensors: NamedTensors, name: string, shape: readonly number[]): Tensor {
  const found = tensors[name]
  if (found !== undefined && found.shape.join() === shape.join()) return found
  const got = found === undefined ? 'none' : formatShape(found.shape)
  throw new Error(`loadModel: expected '${name}' ${formatShape(shape)}, got ${got}`)
}

function buildFrame(half: Half, architecture: Architecture, tensors: NamedTensors): FrameOptions {
  const layers = architecture[half]
  const [inputs, outputs] = [layers[0].inputs, layers[layers.length - 1].outputs]
  const shapes = { skip: [outputs, inputs], centre: [inputs], offset: [outputs] }
  const parts = architecture.frames?.[half] ?? []
  return Object.fromEntries(
    parts.map((part) => [part, find(tensors, frameTensors[part](half), shapes[part])]),
  )
}

function buildLayer(name: string, layer: LayerArchitecture, tensors: NamedTensors): Dense {
  const { name: activation, alpha } = layer.activation
  return new Dense({
    name,
    weight: find(tensors, `${name}.weight`, [layer.outputs, layer.inputs]),
    bias: layer.bias ? find(tensors, `${name}.bias`, [layer.outputs]) : null,
    activation: activation === 'leakyRelu' ? leakyReluActivation(alpha) : namedActivation(activation),
  })
}
