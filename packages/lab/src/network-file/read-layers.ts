import type { Layer } from '@facet/models'
import { formatShape, type Shape, sizeOf } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Place } from './file-layer.ts'
import { isObject, type Json } from './json.ts'
import { fileKinds } from './kinds.ts'

/**
 * The layers of a list, each reading what the one before gives.
 * @throws Error naming the layer that is of no kind, or does not fit, and the field.
 */
export function readLayers(list: Json, { name, inputs, dtype }: Place): Layer[] {
  if (!Array.isArray(list) || list.length === 0)
    throw new Error(`${name}: expected a list of one or more layers, got ${describe(list)}`)
  const layers: Layer[] = []
  for (const [l, fields] of list.entries()) {
    const shape = layers.at(-1)?.outputs ?? inputs
    const layer = readLayer(fields, { name: `${name}[${l}]`, inputs: shape, dtype })
    expectUnits(`${name}[${l}]`, layer.outputs)
    layers.push(layer)
  }
  return layers
}

function readLayer(fields: Json, at: Place): Layer {
  if (!isObject(fields)) throw new Error(`${at.name}: expected a layer {kind, …}, got ${describe(fields)}`)
  const { kind = 'dense' } = fields
  const row = fileKinds.find((row) => row.kind === kind)
  if (row !== undefined) return row.read(fields, at, readLayers)
  const known = fileKinds.map(({ kind }) => kind).join(', ')
  throw new Error(`${at.name}: kind: expected one of ${known}, got ${describe(kind)}`)
}

/** Numbers of a layer: an image of 4096 × 4096. A padding of a billion makes 10¹⁸ of a file of 100 bytes. */
const MOST_UNITS = 2 ** 24

/** @throws Error for more numbers than a layer of a file may have */
export function expectUnits(name: string, shape: Shape): void {
  const units = sizeOf(shape)
  if (!(units <= MOST_UNITS))
    throw new Error(`${name}: expected at most ${MOST_UNITS} units, got ${formatShape(shape)}`)
}
