import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { WindowSum } from './maps/window-sum.ts'
import { type MakePooling, PoolLayer, poolRows } from './pool-layer.ts'

const averagePoolOptions = optionTable('AveragePool', poolRows)

/** What an {@link AveragePool} layer is made of. */
export type AveragePoolOptions = OptionsOf<typeof averagePoolOptions>

/**
 * The mean of every window of an image [C, H, W] or a series [C, L]; zeros of the padding count. Windows may overlap; those that are not whole are
 * left out. It is linear: its units have one state.
 *
 * @throws Error for windows that do not fit, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { AveragePool, Network } from '@facet/models'
 * await init()
 * const net = new Network([new AveragePool({ name: 'pool', inputs: [1, 4], size: 2 })])
 * net.apply(tensor([[1, 3, 5, 9]])).toArray() // [[2, 7]]
 */
export class AveragePool extends PoolLayer {
  readonly kind = 'averagePool'

  constructor(options: AveragePoolOptions) {
    super(`AveragePool '${options?.name}'`, averagePoolOptions.resolve(options), means)
  }

  get [rowOfKind](): LayerKind {
    return averagePoolKind
  }
}

const means: MakePooling = ({ channels, size }, counts, windows) => {
  const share = 1 / (windows.kernel[0] * windows.kernel[1])
  return { linear: new WindowSum(channels, size, counts, windows, share), pieces: null }
}

/** The row of the table of kinds. */
export const averagePoolKind: LayerKind = {
  kind: 'averagePool',
  layer: AveragePool,
  read: (name, { kind: _, ...description }) =>
    new AveragePool({ ...(description as AveragePoolOptions), name }),
}
