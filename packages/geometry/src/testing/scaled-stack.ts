import type { PlainLayer } from './plain-layers.ts'
import { times } from './scaled-network.ts'

type Numbers = number | readonly Numbers[]

const scaled = <T extends Numbers | null>(x: T, exponent: number): T =>
  (x === null
    ? null
    : typeof x === 'number'
      ? times(x, exponent)
      : x.map((inner) => scaled(inner, exponent))) as T

/** The same network in other units: `size` for θ and all biases, and weights of the first layer as many times as large. */
export function scaledStack(
  layers: readonly PlainLayer[],
  size: number,
  first: number,
): readonly PlainLayer[] {
  let [before, weights] = [size, first]
  return layers.map((layer) => {
    const own = scaledLayer(layer, before + weights, weights)
    if (!('weight' in layer)) return own
    before += weights
    weights = 0
    return own
  })
}

function scaledLayer(layer: PlainLayer, biases: number, weights: number): PlainLayer {
  switch (layer.kind) {
    case 'shift':
      return { ...layer, by: scaled(layer.by, biases - weights) }
    case 'residual':
      return { ...layer, layers: layer.layers.map((inner) => scaledLayer(inner, biases - weights, 0)) }
    case 'maxPool':
    case 'averagePool':
    case 'upsample':
      return layer
    default:
      return {
        ...layer,
        weight: scaled(layer.weight, weights),
        bias: scaled(layer.bias, biases),
      } as PlainLayer
  }
}

/** The numbers of the inner layers of every residual that are last in it, 2^exponent times as large. */
export function withInnerScale(layers: readonly PlainLayer[], exponent: number): PlainLayer[] {
  return layers.map((layer) => {
    if (layer.kind !== 'residual') return layer
    const inner = withInnerScale(layer.layers, exponent)
    const last = inner[inner.length - 1]
    return { ...layer, layers: [...inner.slice(0, -1), scaledLayer(last, exponent, exponent)] }
  })
}
