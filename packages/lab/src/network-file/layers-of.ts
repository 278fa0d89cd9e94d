import { Network } from '@facet/models'

/** The layers from `from` up to, but not with, `to`, as a network of their own. @throws Error where there are none such. */
export function layersOf(network: Network, from: number, to: number, name = network.name): Network {
  const end = network.layers.length
  if (from < 0 || from >= to || to > end)
    throw new Error(`layers: expected FROM,TO with 0 <= FROM < TO <= ${end}, got ${from},${to}`)
  return new Network(network.layers.slice(from, to), name, network.dtype)
}
