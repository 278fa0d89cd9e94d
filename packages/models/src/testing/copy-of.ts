import { cast } from '@facet/tensor'
import { layersOf } from '../file/architecture.ts'
import { readNetwork, valuesOf } from '../file/layer-file.ts'
import type { Float } from '../layers/layer.ts'
import type { Network } from '../network.ts'

/** A network with the same numbers, rounded to a dtype: made as from a file. */
export function copyOf(net: Network, dtype: Float): Network {
  const tensors = Object.entries(valuesOf(net.name, net)).map(([place, { value }]) => [
    place,
    cast(value, dtype),
  ])
  return readNetwork(net.name, layersOf(net), Object.fromEntries(tensors), dtype)
}
