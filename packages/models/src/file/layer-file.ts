import { formatShape, type Shape, type Tensor } from '@facet/tensor'
import { aText, describe } from '@facet/tensor/checks'
import { layerKinds } from '../layers/kinds.ts'
import type { Float, Layer, LayerDescription } from '../layers/layer.ts'
import { classOf, ownMember, strangeMember } from '../layers/own-code.ts'
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
 * Whether a file can hold a network: it comes back as what its kinds say, so that nothing may be of a class of its own, nor have code of its own.
 * @throws TypeError naming the layer that it cannot hold.
 */
export function expectWritable(operation: string, network: Network): void {
  const refuse = (expected: string, got: string): never => {
    throw new TypeError(`${operation}: ${network.name}: expected ${expected}, got ${got}`)
  }
  if (!isExactly(network, Network.prototype)) refuse('a plain Network', namedOf(network, Network.prototype))
  const expectLayer = (place: string, layer: Layer): void => {
    const row = layerKinds.find(({ layer: { prototype } }) => isExactly(layer, prototype))
    if (row === undefined || row.kind !== layer.kind) {
      const known = layerKinds.map(({ kind }) => kind).join(', ')
      refuse(
        `plain layers of a kind among ${known}, which a file can hold`,
        `${place} '${layer.name}', ${namedOf(layer, (layer as { plain?: object }).plain)} of kind ${describe(layer.kind)}`,
      )
    }
    layer.inside.forEach((within, l) => expectLayer(`${place}.${l}`, within))
  }
  network.layers.forEach((layer, l) => expectLayer(`layer ${l}`, layer))
}

/** Of this very class, with no code of its own. */
export const isExactly = (value: object, prototype: object): boolean =>
  Object.getPrototypeOf(value) === prototype && ownMember(value, prototype) === null

/** `a Scaled with its own 'forward'`. */
export const namedOf = (value: object, known: object | undefined): string =>
  (known && strangeMember(value, known)) ?? classOf(value)

/** The network of descriptions and the tensors of a file. @throws Error where they do not fit. */
export function readNetwork(
  name: string,
  descriptions: readonly LayerDescription[],
  tensors: NamedTensors,
  dtype: Float,
): Network {
  const read = (place: string, given: unknown, depth = 0): Layer => {
    const description = layerOf(place, given, depth)
    const kind = description.kind ?? 'dense'
    const row = layerKinds.find((row) => row.kind === kind)
    if (row === undefined) {
      const known = layerKinds.map(({ kind }) => kind).join(', ')
      throw new Error(`loadModel: expected '${place}' of a kind among ${known}, got ${describe(kind)}`)
    }
    return row.read(description.name ?? place, description as LayerDescription, {
      dtype,
      tensor: (within, shape) => find(tensors, `${place}.${within}`, shape),
      layer: (within, inner) => read(`${place}.${within}`, inner, depth + 1),
    })
  }
  return new Network(
    descriptions.map((description, l) => read(`${name}.${l}`, description)),
    name,
    dtype,
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
