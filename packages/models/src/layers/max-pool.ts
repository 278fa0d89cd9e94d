import type { Shape, Tensor } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import { imageShape, pairText, shapeOf, windowsOf } from './images/image-shape.ts'
import { windowRows } from './images/window-rows.ts'
import { windowsIn } from './images/windows.ts'
import type { LayerDescription } from './layer.ts'
import type { LayerKind } from './layer-kind.ts'
import { WindowSum } from './maps/window-sum.ts'
import { MaxPieces } from './pieces/max-pieces.ts'

const maxPoolOptions = optionTable('MaxPool', windowRows)

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
export class MaxPool extends AffineLayer {
  readonly kind = 'maxPool'
  readonly #settings: Omit<MaxPoolOptions, 'name' | 'inputs'>
  readonly #text: string
  /** The one number of each window, where there is no more to choose from. */
  readonly #alone: WindowSum | null

  constructor(options: MaxPoolOptions) {
    const { name, inputs, size, stride = size, padding } = maxPoolOptions.resolve(options)
    const layer = `MaxPool '${name}'`
    const image = imageShape(layer, inputs)
    const windows = windowsOf(layer, image, size, { stride, padding })
    const counts = windowsIn(layer, image.size, windows)
    const isChoice = windows.kernel[0] * windows.kernel[1] > 1
    const pieces = isChoice ? new MaxPieces(image.channels, image.size, counts, windows) : null
    super(name, inputs, shapeOf(image, image.channels, counts), null, pieces)
    this.#alone = isChoice ? null : new WindowSum(image.channels, image.size, counts, windows, 1)
    this.#settings = { size, stride, padding }
    this.#text = pairText(image, windows.kernel)
  }

  linear(): WindowSum | null {
    return this.#alone
  }

  shift(): Tensor | null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape } {
    const { kind, name, inputs } = this
    return { kind, name, inputs, ...this.#settings }
  }

  toString(): string {
    return `maxPool ${this.#text}`
  }
}

/** The row of the table of kinds. */
export const maxPoolKind: LayerKind = {
  kind: 'maxPool',
  read: (name, { kind: _, ...description }) => new MaxPool({ ...(description as MaxPoolOptions), name }),
}
