import {
  type ArrayData,
  decodeSafetensors,
  encodeSafetensors,
  sharesElements,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { aFloatDType, describe, expectOptions, quote } from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import { type KindOptions, kindOptions, kindsWith } from '../layers/kinds.ts'
import type { LayerDescription } from '../layers/layer.ts'
import type { LayerKind } from '../layers/layer-kind.ts'
import { strangeClass } from '../layers/own-code.ts'
import { type Architecture, architectureOf, formatArchitecture } from './architecture.ts'
import { asLayers, type Frame, isFrame } from './frames.ts'
import { expectWritable, type NamedTensors, readNetwork, valuesOf } from './layer-file.ts'
import { aTextField, parseJson, recordOf } from './reading.ts'

/** The metadata entry that holds the architecture as JSON. */
const ARCHITECTURE = 'facet.autoencoder'

/** The metadata entry that says, as JSON, of which earlier tensor a tied one is the same: `{ later: earlier }`. */
const TIED = 'facet.tied'

/** Metadata of the model itself. */
const taken: readonly string[] = [ARCHITECTURE, TIED]

const halves = ['encoder', 'decoder'] as const
type Half = (typeof halves)[number]

/** What stands in a model file beside the model. */
export interface ModelExtras {
  /** Texts by names that begin with `facet.`. */
  readonly metadata: Readonly<Record<string, string>>
  /** Arrays by names that begin with `facet.`; no tensors, for a backend may not have their dtype. */
  readonly tensors: Readonly<Record<string, ArrayData>>
}

/** What a model file holds. */
export interface ModelFile extends ModelExtras {
  readonly model: Autoencoder
}

/** What the names of extras begin with: no tensor of a model does. */
const OWN = 'facet.'

/**
 * A model as a safetensors file: the weights, and what else is around its layers, bit for bit, the architecture in the metadata, and
 * which tensors are one (tied weights). Other texts and arrays may go with it. PyTorch and NumPy read the file (`docs/decisions/0045`).
 *
 * @param extras metadata and arrays, by names that begin with `facet.`; `kinds`, the rows of layers of one's own
 * @throws TypeError or RangeError for another model, for one with layers, or of a class, that a file does not know, a name that does not or is taken, or a row
 * of a kind that there is already.
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, loadModel, loadModelFile, saveModel } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2 })
 * const copy = loadModel(await saveModel(model))
 * const bytes = await saveModel(model, { metadata: { 'facet.note': 'of today' } })
 * loadModelFile(bytes).metadata // { 'facet.note': 'of today' }
 */
export async function saveModel(
  model: Autoencoder,
  extras: Partial<ModelExtras> & KindOptions = {},
): Promise<Uint8Array> {
  if (!(model instanceof Autoencoder)) {
    throw new TypeError(`saveModel: expected an Autoencoder, got ${describe(model)}`)
  }
  expectOptions('saveModel', extras, ['metadata', 'tensors', 'kinds'])
  const { metadata = {}, tensors = {}, ...rest } = extras
  expectPlainModel('saveModel', model, kindsIn('saveModel', rest))
  for (const name of [...Object.keys(metadata), ...Object.keys(tensors)]) expectOwn(name)
  const values = tensorsOf(placesOf(model))
  const tied = tiesOf(values)
  return encodeSafetensors(
    { ...tensors, ...(await arraysOf(values)) },
    {
      ...metadata,
      [ARCHITECTURE]: JSON.stringify(architectureOf(model)),
      ...(Object.keys(tied).length > 0 && { [TIED]: JSON.stringify(tied) }),
    },
  )
}

function expectOwn(name: string): void {
  if (!name.startsWith(OWN)) {
    throw new RangeError(
      `saveModel: expected names that begin with '${OWN}' beside the model, got ${quote(name)}`,
    )
  }
  if (taken.includes(name)) {
    throw new RangeError(`saveModel: ${quote(name)} is the model's own: expected another name, got it`)
  }
}

async function arraysOf(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, ArrayData>> {
  const arrays: Record<string, ArrayData> = {}
  for (const [name, t] of Object.entries(tensors)) {
    arrays[name] = { dtype: t.dtype, shape: t.shape, data: await t.data() }
  }
  return arrays
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
 * The model of a file written by {@link saveModel}, whatever else stands there.
 * @param options `kinds`, the rows of layers of one's own that the file may have
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture, or it has layers of a kind without a row.
 */
export const loadModel = (bytes: Uint8Array, options: KindOptions = {}): Autoencoder =>
  loadModelFile(bytes, options).model

/**
 * The model of a file written by {@link saveModel}, and the texts and arrays that were written with it: those whose names begin with
 * `facet.`, and texts that others have added. They are as the file has them: check what is read from it.
 * @param options `kinds`, the rows of layers of one's own that the file may have
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture, or it has layers of a kind without a row.
 */
export function loadModelFile(bytes: Uint8Array, options: KindOptions = {}): ModelFile {
  const kinds = kindsIn('loadModel', options)
  const file = decodeSafetensors(bytes)
  const { dtype, frames, ...halves } = parseArchitecture(file.metadata)
  const [extras, weights] = [true, false].map((own) =>
    Object.fromEntries(Object.entries(file.tensors).filter(([name]) => name.startsWith(OWN) === own)),
  )
  const loaded = Object.fromEntries(
    Object.entries(weights).map(([name, { data, shape, dtype }]) => [name, tensor(data, { shape, dtype })]),
  )
  const given = withTies(loaded, tiesIn(file.metadata))
  const build = (name: Half) => {
    const { layers, tensors } = asLayers(name, halves[name], frames?.[name] ?? [], given)
    return readNetwork(name, layers, tensors, dtype, kinds)
  }
  const model = new Autoencoder(build('encoder'), build('decoder'))
  // Files of the first release name what is around layers otherwise.
  if (frames === undefined) expectRead(Object.keys(given), Object.keys(placesOf(model)))
  const metadata = Object.fromEntries(Object.entries(file.metadata).filter(([name]) => !taken.includes(name)))
  return { model, metadata, tensors: extras }
}

/** A tensor that nobody reads is of another architecture. @throws Error naming it. */
function expectRead(names: readonly string[], places: readonly string[]): void {
  const known = new Set(places)
  const stranger = names.find((name) => !known.has(name))
  if (stranger === undefined) return
  throw new Error(
    `loadModel: expected no tensor '${stranger}', which '${ARCHITECTURE}' has no place for, got one`,
  )
}

/**
 * Puts the tensors of a file, trained and not, into a model of the same architecture.
 * @param options `kinds`, the rows of layers of one's own that both may have
 * @throws Error for a file of another architecture, naming the one expected and the one found.
 */
export function restoreModel(model: Autoencoder, bytes: Uint8Array, options: KindOptions = {}): void {
  expectPlainModel('restoreModel', model, kindsIn('restoreModel', options))
  const loaded = loadModel(bytes, options)
  const [expected, found] = [formatArchitecture(model), formatArchitecture(loaded)]
  if (found !== expected) {
    throw new Error(
      `restoreModel: a checkpoint of another architecture: expected ${expected}; found ${found}`,
    )
  }
  // The text leaves strides and the settings of kinds of one's own out.
  const [ours, theirs] = [settingsOf(model), settingsOf(loaded)]
  if (theirs !== ours) {
    throw new Error(
      `restoreModel: a checkpoint of another architecture: expected ${toldOf(ours)}; found ${toldOf(theirs)}`,
    )
  }
  const [own, read] = [placesOf(model), placesOf(loaded)]
  for (const place of Object.keys(own)) {
    own[place].value.dispose()
    own[place].value = read[place].value
  }
}

/** The architecture without the names of layers. */
const settingsOf = (model: Autoencoder): string =>
  JSON.stringify(architectureOf(model), (_, value) =>
    typeof value?.kind === 'string' ? { ...value, name: undefined } : value,
  )

/** @throws TypeError for a model that would come back from a file as another one. */
function expectPlainModel(operation: string, model: Autoencoder, kinds: readonly LayerKind[]): void {
  const strange = strangeClass(model, Autoencoder.prototype)
  if (strange !== null) throw new TypeError(`${operation}: expected a plain Autoencoder, got ${strange}`)
  for (const half of halves) expectWritable(operation, model[half], kinds)
}

/** The table of kinds with the rows that were given. */
const kindsIn = (operation: string, options: KindOptions): readonly LayerKind[] =>
  kindsWith(operation, kindOptions.resolve(options, operation).kinds)

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
  if (!Object.hasOwn(metadata, ARCHITECTURE)) {
    const found = Object.keys(metadata).join(', ') || 'no metadata'
    throw new Error(
      `loadModel: expected a file of saveModel, with '${ARCHITECTURE}' in its metadata, got ${found}`,
    )
  }
  const json = metadata[ARCHITECTURE]
  const parsed = parsedOrNull(json) as Partial<Written> | null
  const isWhole = halves.every((half) => areLayers(parsed?.[half]))
  if (!isWhole || !areFrames(parsed?.frames)) {
    throw new Error(
      `loadModel: expected '${ARCHITECTURE}' to describe an encoder and a decoder, got ${toldOf(json)}`,
    )
  }
  const { dtype, encoder, decoder, frames } = parsed as Written
  aFloatDType.check('loadModel', `${ARCHITECTURE}: dtype`, dtype)
  return { dtype, encoder, decoder, ...(frames !== undefined && { frames }) }
}

/** Longer texts are cut in messages. */
const longestTold = 1000

const toldOf = (json: string): string => (json.length > longestTold ? `${json.slice(0, longestTold)}…` : json)

/** `null` for what is no JSON. */
function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** The ties that metadata tell of. */
const tiesIn = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.hasOwn(metadata, TIED)
    ? recordOf(aTextField)(parseJson(metadata[TIED], `loadModel: ${TIED}`), `loadModel: ${TIED}`)
    : {}

function areFrames(frames: Written['frames'] | null): boolean {
  return frames === undefined || halves.every((half) => isFrame(frames?.[half]))
}

function areLayers(layers: unknown): boolean {
  return Array.isArray(layers) && layers.length > 0 && layers.every(isLayer)
}

const isLayer = (layer: Partial<LayerDescription> | null): boolean =>
  typeof layer === 'object' &&
  layer !== null &&
  !Array.isArray(layer) &&
  ['string', 'undefined'].includes(typeof layer.kind)

/** Tied names share the tensor of the first. @throws Error where the file says of which one, and there is none. */
function withTies(tensors: NamedTensors, ties: Readonly<Record<string, string>>): NamedTensors {
  const all = { ...tensors }
  for (const [later, earlier] of Object.entries(ties)) {
    if (later === earlier || !Object.hasOwn(all, later) || !Object.hasOwn(all, earlier))
      throw new Error(
        `loadModel: expected '${later}' and '${earlier}', which are one tensor, got one of them`,
      )
    all[later].dispose()
    all[later] = all[earlier]
  }
  return all
}
