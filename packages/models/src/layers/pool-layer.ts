import type { Shape, Tensor } from '@facet/tensor'
import {
  aText,
  type OptionsOf,
  optional,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import { type ImageShape, imageShape, pairText, shapeOf, windowsOf } from './images/image-shape.ts'
import type { Pair } from './images/pair.ts'
import { type Windows, windowsIn } from './images/windows.ts'
import type { LayerDescription } from './layer.ts'
import type { WindowSum } from './maps/window-sum.ts'
import { aShape, perAxis } from './options.ts'
import type { Pieces } from './pieces/pieces.ts'

/** How windows lie that a layer pools. */
export const windowRows = {
  /** Rows and columns of a window, for all axes or each. */
  size: required(perAxis()),
  /** Distance of neighbouring windows. Default: the size. */
  stride: optional(perAxis()),
  /** Rows and columns added on either side, at most half of a window. Default 0. */
  padding: withDefault(perAxis(0), 0),
}

/** The options of layers that pool windows, and have no numbers of their own. */
export const poolRows = {
  name: required(aText),
  /** The shape of one sample: an image [C, H, W], or a series [C, L]. */
  inputs: required(aShape),
  ...windowRows,
}

/** What pools: a map or units that choose, one of them. */
export interface Pooling {
  readonly linear: WindowSum | null
  readonly pieces: Pieces | null
}

/** How windows of images become numbers. @param counts rows and columns of windows */
export type MakePooling = (image: ImageShape, counts: Pair, windows: Windows) => Pooling

/** A layer that makes a number of every window of an image, channel by channel. */
export abstract class PoolLayer extends AffineLayer {
  readonly #settings: Omit<OptionsOf<typeof poolRows>, 'name' | 'inputs'>
  readonly #linear: WindowSum | null
  readonly #text: string

  /** @param layer names it in errors */
  constructor(layer: string, options: ResolvedOptionsOf<typeof poolRows>, make: MakePooling) {
    const { name, inputs, size, stride = size, padding } = options
    const image = imageShape(layer, inputs)
    const windows = windowsOf(layer, image, size, { stride, padding })
    const counts = windowsIn(layer, image.size, windows)
    const { linear, pieces } = make(image, counts, windows)
    super(name, inputs, shapeOf(image, image.channels, counts), null, pieces)
    this.#linear = linear
    this.#settings = { size, stride, padding }
    this.#text = pairText(image, windows.kernel)
  }

  linear(): WindowSum | null {
    return this.#linear
  }

  shift(): Tensor | null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape } {
    const { kind, name, inputs } = this
    return { kind, name, inputs, ...this.#settings }
  }

  toString(): string {
    return `${this.kind} ${this.#text}`
  }
}
