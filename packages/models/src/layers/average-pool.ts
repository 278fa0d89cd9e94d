import type { Shape, Tensor } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import { imageShape, pairText, shapeOf, windowsOf } from './images/image-shape.ts'
import { windowRows } from './images/window-rows.ts'
import { windowsIn } from './images/windows.ts'
import type { LayerDescription } from './layer.ts'
import type { LayerKind } from './layer-kind.ts'
import { WindowSum } from './maps/window-sum.ts'

const averagePoolOptions = optionTable('AveragePool', windowRows)

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
export class AveragePool extends AffineLayer {
  readonly kind = 'averagePool'
  readonly #settings: Omit<AveragePoolOptions, 'name' | 'inputs'>
  readonly #map: WindowSum
  readonly #text: string

  constructor(options: AveragePoolOptions) {
    const { name, inputs, size, stride = size, padding } = averagePoolOptions.resolve(options)
    const layer = `AveragePool '${name}'`
    const image = imageShape(layer, inputs)
    const windows = windowsOf(layer, image, size, { stride, padding })
    const counts = windowsIn(layer, image.size, windows)
    super(name, inputs, shapeOf(image, image.channels, counts), null, null)
    const share = 1 / (windows.kernel[0] * windows.kernel[1])
    this.#map = new WindowSum(image.channels, image.size, counts, windows, share)
    this.#settings = { size, stride, padding }
    this.#text = pairText(image, windows.kernel)
  }

  linear(): WindowSum {
    return this.#map
  }

  shift(): Tensor | null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape } {
    const { kind, name, inputs } = this
    return { kind, name, inputs, ...this.#settings }
  }

  toString(): string {
    return `averagePool ${this.#text}`
  }
}

/** The row of the table of kinds. */
export const averagePoolKind: LayerKind = {
  kind: 'averagePool',
  read: (name, { kind: _, ...description }) =>
    new AveragePool({ ...(description as AveragePoolOptions), name }),
}
