import type { Layer, Network } from '@facet/models'

/** Layers without others inside, in the order in which they run. */
const leaves = (layers: readonly Layer[]): Layer[] =>
  layers.flatMap((layer) => (layer.inside.length > 0 ? leaves(layer.inside) : [layer]))

/**
 * The layer of every group of units as it is said on the page: `encoder 1`, `decoder 3`, counted from 1. Names of layers are those of `network`: a name and a
 * number, counted from 0.
 *
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * await init()
 * const { encoder } = autoencoder({ input: 2, encoderHidden: [8, 8], bottleneck: 1 })
 * layerNames(encoder) // ['encoder 1', 'encoder 2']
 */
export const layerNames = (network: Network): string[] =>
  leaves(network.layers).flatMap(({ name, groups }) =>
    groups.map(() => name.replace(/\.(\d+)$/, (_, number) => ` ${Number(number) + 1}`)),
  )
