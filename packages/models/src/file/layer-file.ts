import { formatShape, type Shape, type Tensor } from '@facet/tensor'
import { aText, describe } from '@facet/tensor/checks'
import { knownKinds } from '../layers/known-kinds.ts'
import type { Float, Layer, LayerDescription } from '../layers/layer.ts'
import { knownRow, type LayerKind } from '../layers/layer-kind.ts'
import { classOf, isExactly, strangeClass } from '../layers/own-code.ts'
import { Network } from '../network.ts'

/** Tensors of a file by name. */
export type NamedTensors = Readonly<Record<string, Tensor>>

/** Every tensor of a network's layers by its place in the file, and where it can be put back. */
export function valuesOf(name: string, { layers }: Network): Record<string, { value: Tensor }> {
  const entries = layers.flatMap(({ values }, l) =>
    Object.entries(values).map(([place, value]) => [`${name}.${l}.${place}`, value]),
  )
  return Object.fromEntries(entries)
}

/**
 * Whether a file can hold a network: it comes back as what the rows of its kinds read, so that nothing may be of another class, nor have code of its own.
 * @param own rows of kinds of one's own
 * @throws TypeError naming the layer that it cannot hold.
 */
export function expectWritable(operation: string, network: Network, own: readonly LayerKind[]): void {
  const refuse = (expected: string, got: string): never => {
    throw new TypeError(`${operation}: ${network.name}: expected ${expected}, got ${got}`)
  }
  const strange = strangeClass(network, Network.prototype)
  if (strange !== null) refuse('a plain Network', strange)
  const expectLayer = (place: string, layer: Layer): void => {
    const row = rowOf(layer, own)
    const named = `${place} '${layer.name}'`
    if (row === undefined || row.kind !== layer.kind) {
      const plain = knownRow(layer)?.layer.prototype
      refuse(
        `plain layers of a kind among ${namesWith(own)}, which a file can hold, or of one of your own whose row is given as { kinds: [row] }`,
        `${named}, ${(plain && strangeClass(layer, plain)) ?? classOf(layer)} of kind ${describe(layer.kind)}`,
      )
    }
    const { kind, name } = layer.describe()
    if (kind !== layer.kind || name !== layer.name) {
      refuse(
        `${named} to describe its kind and name, ${describe(layer.kind)} and ${describe(layer.name)}`,
        `${describe(kind)} and ${describe(name)}`,
      )
    }
    layer.inside.forEach((within, l) => expectLayer(`${place}.${l}`, within))
  }
  network.layers.forEach((layer, l) => expectLayer(`layer ${l}`, layer))
}

const namesWith = (own: readonly LayerKind[]): string =>
  [...knownKinds, ...own.map(({ kind }) => kind)].join(', ')

/** The row of a layer's kind, the class being exactly the row's; `undefined` where there is none. */
export function rowOf(layer: Layer, own: readonly LayerKind[]): LayerKind | undefined {
  const known = knownRow(layer)
  const rows = known === null ? own : [known, ...own]
  return rows.find(({ layer: { prototype } }) => isExactly(layer, prototype))
}

/** The network of descriptions and the tensors of a file. @throws Error where they do not fit. */
export function readNetwork(
  name: string,
  descriptions: readonly LayerDescription[],
  tensors: NamedTensors,
  dtype: Float,
  kinds: readonly LayerKind[],
): Network {
  const read = (place: string, given: unknown, depth = 0): Layer => {
    const description = layerOf(place, given, depth)
    const kind = description.kind ?? 'dense'
    const row = kinds.find((row) => row.kind === kind)
    if (row === undefined) {
      throw new Error(
        `loadModel: expected '${place}' of a kind among ${kinds.map(({ kind }) => kind).join(', ')}, or of one of your own whose row is given as { kinds: [row] }, got ${describe(kind)}`,
      )
    }
    const layer = row.read(description.name ?? place, description as LayerDescription, {
      dtype,
      tensor: (within, shape) => find(tensors, `${place}.${within}`, shape),
      layer: (within, inner) => read(`${place}.${within}`, inner, depth + 1),
    })
    return expectRead(place, row, layer)
  }
  return new Network(
    descriptions.map((description, l) => read(`${name}.${l}`, description)),
    name,
    dtype,
  )
}

/** @throws TypeError for a row that reads another layer than it says. */
function expectRead(place: string, { kind, layer: { prototype } }: LayerKind, layer: Layer): Layer {
  const isLayer = typeof layer === 'object' && layer !== null
  if (isLayer && isExactly(layer, prototype) && layer.kind === kind) return layer
  const got = isLayer ? `${classOf(layer)} of kind ${describe(layer.kind)}` : describe(layer)
  throw new TypeError(
    `loadModel: '${place}': expected the row of kind ${describe(kind)} to read ${classOf(prototype)} of that kind, got ${got}`,
  )
}

/** Layers within layers within layers: no network has more, and reading a file must not end in too deep a stack. */
const deepest = 100

function layerOf(place: string, given: unknown, depth: number): Partial<LayerDescription> {
  if (depth > deepest) {
    throw new RangeError(
      `loadModel: ${place}: expected at most ${deepest} layers within each other, got more`,
    )
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`loadModel: ${place}: expected the fields of a layer, got ${describe(given)}`)
  }
  const { name } = given as Partial<LayerDescription>
  if (name !== undefined) aText.check('loadModel', `${place}: name`, name)
  return given
}

function find(tensors: NamedTensors, name: string, shape: Shape): Tensor {
  const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined
  if (found !== undefined && found.shape.join() === shape.join()) return found
  const got = found === undefined ? 'none' : formatShape(found.shape)
  throw new Error(`loadModel: expected '${name}' ${formatShape(shape)}, got ${got}`)
}
