import { type Shape, type TypedArray, tensor } from '@facet/tensor'
import { layersOf } from '../file/architecture.ts'
import { readNetwork, valuesOf } from '../file/layer-file.ts'
import { layerKinds } from '../layers/kinds.ts'
import type { Float, LayerDescription } from '../layers/layer.ts'
import type { Network } from '../network.ts'

/** A network outside every backend. */
export interface Numbers {
  readonly name: string
  readonly layers: readonly LayerDescription[]
  readonly values: Readonly<Record<string, { readonly data: TypedArray; readonly shape: Shape }>>
}

export function numbersOf(net: Network): Numbers {
  const values = Object.entries(valuesOf(net.name, net)).map(([place, { value }]) => {
    return [place, { data: value.dataSync(), shape: value.shape }]
  })
  return { name: net.name, layers: layersOf(net), values: Object.fromEntries(values) }
}

/** The network of these numbers, rounded to a dtype, on the active backend: made as from a file. */
export function networkOf({ name, layers, values }: Numbers, dtype: Float): Network {
  const tensors = Object.entries(values).map(([place, { data, shape }]) => [
    place,
    tensor([...data], { shape, dtype }),
  ])
  return readNetwork(name, layers, Object.fromEntries(tensors), dtype, layerKinds)
}

/** A network with the same numbers, rounded to a dtype. */
export const copyOf = (net: Network, dtype: Float): Network => networkOf(numbersOf(net), dtype)
