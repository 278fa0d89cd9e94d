import { decodeSafetensors, tensor } from '@facet/tensor'
import { aFloatDType } from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import { layerKinds } from '../layers/kinds.ts'
import type { LayerDescription } from '../layers/layer.ts'
import { type KindOptions, ownKinds } from '../layers/own-kinds.ts'
import { type Architecture, architectureOf, formatArchitecture } from './architecture.ts'
import { asLayers, type Frame, isFrame } from './frames.ts'
import { type NamedTensors, readNetwork } from './layer-file.ts'
import {
  ARCHITECTURE,
  expectPlainModel,
  type Half,
  halves,
  type ModelFile,
  OWN,
  placesOf,
  TIED,
  taken,
} from './model-file.ts'
import { aTextField, parseJson, recordOf } from './reading.ts'

/**
 * The model of a file written by `saveModel`, whatever else stands there.
 * @param options `kinds`, the rows of layers of one's own that the file may have
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture, or it has layers of a kind without a row.
 */
export const loadModel = (bytes: Uint8Array, options: KindOptions = {}): Autoencoder =>
  loadModelFile(bytes, options).model

/**
 * The model of a file written by `saveModel`, and the texts and arrays that were written with it: those whose names begin with
 * `facet.`, and texts that others have added. They are as the file has them: check what is read from it.
 * @param options `kinds`, the rows of layers of one's own that the file may have
 * @throws Error if the bytes hold no autoencoder of Facet's, or its tensors do not fit its architecture, or it has layers of a kind without a row.
 */
export function loadModelFile(bytes: Uint8Array, options: KindOptions = {}): ModelFile {
  const kinds = [...layerKinds, ...ownKinds('loadModel', options)]
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
  expectPlainModel('restoreModel', model, ownKinds('restoreModel', options))
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
