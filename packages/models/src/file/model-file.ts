import { loadSafetensors, saveSafetensors, sharesElements, type Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import type { LayerDescription } from '../layers/layer.ts'
import { type Architecture, architectureOf, formatArchitecture } from './architecture.ts'
import { asLayers, type Frame, isFrame } from './frames.ts'
import { type NamedTensors, readNetwork, valuesOf } from './layer-file.ts'

/** The metadata entry that holds the architecture as JSON. */
const ARCHITECTURE = 'facet.autoencoder'

/** The metadata entry that says, as JSON, of which earlier tensor a tied one is the same: `{ later: earlier }`. */
const TIED = 'facet.tied'

const halves = ['encoder', 'decoder'] as const
type Half = (typeof halves)[number]

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
  const values = tensorsOf(placesOf(model))
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
  const { dtype, frames, ...halves } = parseArchitecture(metadata)
  const given = withTies(loaded, parseJson(metadata[TIED] ?? '{}'))
  const build = (name: Half) => {
    const { layers, tensors } = asLayers(name, halves[name], frames?.[name] ?? [], given)
    return readNetwork(name, layers, tensors, dtype)
  }
  return new Autoencoder(build('encoder'), build('decoder'))
}

/**
 * Puts the tensors of a file, trained and not, into a model of the same architecture.
 * @throws Error for a file of another architecture, naming the one expected and the one found.
 */
export function restoreModel(model: Autoencoder, bytes: Uint8Array): void {
  const loaded = loadModel(bytes)
  const [expected, found] = [formatArchitecture(model), formatArchitecture(loaded)]
  if (found !== expected) {
    throw new Error(
      `restoreModel: a checkpoint of another architecture: expected ${expected}; found ${found}`,
    )
  }
  const [own, read] = [placesOf(model), placesOf(loaded)]
  for (const place of Object.keys(own)) {
    own[place].value.dispose()
    own[place].value = read[place].value
  }
}

/** Every tensor of a model by its place in the file, whatever its parameters are called. */
const placesOf = (model: Autoencoder) => ({
  ...valuesOf('encoder', model.encoder),
  ...valuesOf('decoder', model.decoder),
})

const tensorsOf = (places: Readonly<Record<string, { value: Tensor }>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(places).map(([place, { value }]) => [place, value]))

/** What files hold: those of the first release have frames as well. */
type Written = Architecture & { readonly frames?: Readonly<Record<Half, Frame>> }

function parseArchitecture(metadata: Readonly<Record<string, string>>): Written {
  const json = metadata[ARCHITECTURE]
  if (json === undefined) {
    const found = Object.keys(metadata).join(', ') || 'no metadata'
    throw new Error(
      `loadModel: expected a file of saveModel, with '${ARCHITECTURE}' in its metadata, got ${found}`,
    )
  }
  const parsed = parseJson(json) as Partial<Written> | null
  const isWhole = halves.every((half) => areLayers(parsed?.[half]))
  if (isWhole && areFrames(parsed?.frames)) return parsed as Written
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

function areFrames(frames: Written['frames'] | null): boolean {
  return frames === undefined || halves.every((half) => isFrame(frames?.[half]))
}

function areLayers(layers: unknown): boolean {
  return Array.isArray(layers) && layers.length > 0 && layers.every(isLayer)
}

const isLayer = (layer: Partial<LayerDescription> | null): boolean =>
  typeof layer === 'object' && layer !== null && ['string', 'undefined'].includes(typeof layer.kind)

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
