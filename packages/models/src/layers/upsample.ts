import type { Shape, Tensor } from '@facet/tensor'
import { aText, type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import { imageShape, pairOf, pairText, shapeOf } from './images/image-shape.ts'
import type { Pair } from './images/pair.ts'
import type { LayerDescription } from './layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { TransposedMap } from './maps/transposed-map.ts'
import { WindowSum } from './maps/window-sum.ts'
import { aShape, type PerAxis, perAxis } from './options.ts'

const upsampleOptions = optionTable('Upsample', {
  name: required(aText),
  /** The shape of one sample: an image [C, H, W], or a series [C, L]. */
  inputs: required(aShape),
  /** How many copies of every row and column there are, for all axes or each. */
  factor: required(perAxis()),
})

/** What an {@link Upsample} layer is made of. */
export type UpsampleOptions = OptionsOf<typeof upsampleOptions>

/**
 * Repeats every number of an image [C, H, W] or a series [C, L] along its axes (nearest neighbour): with a {@link Conv} behind it, a decoder without
 * the chequered patterns of transposed convolutions.
 *
 * @throws Error for inputs that are no image, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { Network, Upsample } from '@facet/models'
 * await init()
 * const net = new Network([new Upsample({ name: 'up', inputs: [1, 2], factor: 3 })])
 * net.apply(tensor([[1, 5]])).toArray() // [[1, 1, 1, 5, 5, 5]]
 */
export class Upsample extends AffineLayer {
  readonly kind = 'upsample'
  readonly #factor: PerAxis
  readonly #map: TransposedMap
  readonly #text: string

  constructor(options: UpsampleOptions) {
    const { name, inputs, factor } = upsampleOptions.resolve(options)
    const layer = `Upsample '${name}'`
    const image = imageShape(layer, inputs)
    const kernel = pairOf(layer, 'factor', image, factor, 1)
    const size: Pair = [image.size[0] * kernel[0], image.size[1] * kernel[1]]
    super(name, inputs, shapeOf(image, image.channels, size), null, null)
    const windows = { kernel, stride: kernel, padding: [0, 0], dilation: [1, 1] } as const
    this.#map = new TransposedMap(new WindowSum(image.channels, size, image.size, windows, 1))
    this.#factor = factor
    this.#text = pairText(image, kernel)
  }

  get [rowOfKind](): LayerKind {
    return upsampleKind
  }

  linear(): TransposedMap {
    return this.#map
  }

  shift(): Tensor | null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape; readonly factor: PerAxis } {
    const { kind, name, inputs } = this
    return { kind, name, inputs, factor: this.#factor }
  }

  toString(): string {
    return `upsample ${this.#text}`
  }
}

/** The row of the table of kinds. */
export const upsampleKind: LayerKind = {
  kind: 'upsample',
  layer: Upsample,
  read: (name, { kind: _, ...description }) => new Upsample({ ...(description as UpsampleOptions), name }),
}
