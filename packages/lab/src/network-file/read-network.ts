import { type Float, Network } from '@facet/models'
import type { Shape } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { isObject, type Json } from './json.ts'
import { expectUnits, readLayers } from './read-layers.ts'

/** A network as a file writes it: see {@link fileKinds} for its layers. */
export interface WrittenNetwork {
  /** `{shape: [d] | [channels, height, width]}`; without it the width of the first `W` is the input. */
  readonly input?: Json
  readonly layers: Json
}

/** The network of a file. @throws Error naming the field that does not fit. */
export function readNetwork({ input, layers }: WrittenNetwork, dtype: Float): Network {
  const inputs = input === undefined ? [widthOf(layers)] : shapeOf(input)
  expectUnits('input', inputs)
  return new Network(readLayers(layers, { name: 'layers', inputs, dtype }), 'layers', dtype)
}

function shapeOf(input: Json): Shape {
  const shape = isObject(input) ? input.shape : undefined
  const isShape = Array.isArray(shape) && [1, 3].includes(shape.length) && shape.every(isLength)
  if (isShape) return shape as number[]
  throw new Error(
    `input: expected {shape: [d]} or {shape: [channels, height, width]}, got ${describe(isObject(input) && shape !== undefined ? shape : input)}`,
  )
}

const isLength = (length: Json): boolean => Number.isInteger(length) && (length as number) > 0

/** The width of the first `W`, wherever it stands. */
function widthOf(layers: Json): number {
  let W = firstW(layers)
  while (Array.isArray(W) && Array.isArray(W[0])) W = W[0]
  if (Array.isArray(W)) return W.length
  throw new Error('input: expected {shape: …} where no layer has a W, got none')
}

function firstW(layers: Json | undefined): Json | undefined {
  if (!Array.isArray(layers)) return undefined
  for (const layer of layers) {
    const found = isObject(layer) ? (layer.W ?? firstW(layer.layers)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
