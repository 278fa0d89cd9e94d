import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { WindowSum } from './maps/window-sum.ts'
import { MaxPieces } from './pieces/max-pieces.ts'
import { type MakePooling, PoolLayer, poolRows } from './pool-layer.ts'

const maxPoolOptions = optionTable('MaxPool', poolRows)

/** What a {@link MaxPool} layer is made of. */
export type MaxPoolOptions = OptionsOf<typeof maxPoolOptions>

/**
 * The largest number of every window of an image [C, H, W] or a series [C, L]. A unit's state is the place of the winner in its window, row by
 * row, the first on ties; NaN wins. Windows may overlap; those that are not whole are left out.
 *
 * @throws Error for windows that do not fit, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { MaxPool, Network } from '@facet/models'
 * await init()
 * const net = new Network([new MaxPool({ name: 'pool', inputs: [1, 2, 4], size: 2 })])
 * const { output, code } = net.forward(tensor([[1, 2, 8, 7, 4, 3, 5, 6]]))
 * output.toArray() // [[4, 8]]
 * code.states().toArray() // [[2, 0]]
 */
export class MaxPool extends PoolLayer {
  readonly kind = 'maxPool'

  constructor(options: MaxPoolOptions) {
    super(`MaxPool '${options?.name}'`, maxPoolOptions.resolve(options), winners)
  }

  get [rowOfKind](): LayerKind {
    return maxPoolKind
  }
}

/** The one number of each window, where there is no more to choose from. */
const winners: MakePooling = ({ channels, size }, counts, windows) =>
  windows.kernel[0] * windows.kernel[1] === 1
    ? { linear: new WindowSum(channels, size, counts, windows, 1), pieces: null }
    : { linear: null, pieces: new MaxPieces(channels, size, counts, windows) }

/** The row of the table of kinds. */
export const maxPoolKind: LayerKind = {
  kind: 'maxPool',
  layer: MaxPool,
  read: (name, { kind: _, ...description }) => new MaxPool({ ...(description as MaxPoolOptions), name }),
}
