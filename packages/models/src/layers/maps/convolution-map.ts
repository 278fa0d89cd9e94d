import { conv2d, convTranspose2d, type Tensor } from '@facet/tensor'
import { restBehind } from '@facet/tensor/dispatch'
import { asImages, asRows } from '../images/image-shape.ts'
import type { Pair } from '../images/pair.ts'
import type { Windows } from '../images/windows.ts'
import type { LinearMap } from './linear-map.ts'

/** Channels, rows and columns. */
export type Plane = readonly [number, Pair]

/** What a convolution is, but for the numbers of its kernel. */
export interface ConvolutionShape {
  /** What it reads … */
  readonly wide: Plane
  /** … and what it gives. */
  readonly narrow: Plane
  readonly windows: Windows
  readonly groups: number
}

/** A convolution of flattened images, without a bias; its weight is [O, C / groups, kh, kw]. */
export class ConvolutionMap implements LinearMap {
  readonly matrix = null
  readonly inputs: number
  readonly outputs: number
  readonly cost: number
  readonly #shape: ConvolutionShape
  readonly #weight: Tensor

  constructor(shape: ConvolutionShape, weight: Tensor) {
    const { wide, narrow } = shape
    this.#shape = shape
    this.#weight = weight
    this.inputs = lengthOf(wide)
    this.outputs = lengthOf(narrow)
    this.cost = (this.outputs * weight.size) / Math.max(1, weight.shape[0])
  }

  apply(x: Tensor): Tensor {
    const { wide, windows, groups } = this.#shape
    const { stride, padding, dilation } = windows
    return asRows(conv2d(asImages(x, ...wide), this.#weight, { stride, padding, dilation, groups }))
  }

  applyTransposed(g: Tensor): Tensor {
    const { wide, narrow, windows, groups } = this.#shape
    const { stride, padding, dilation } = windows
    const outputPadding = restBehind(wide[1], windows)
    const options = { stride, padding, dilation, groups, outputPadding }
    return asRows(convTranspose2d(asImages(g, ...narrow), this.#weight, options))
  }

  weight(): Tensor {
    return this.#weight
  }

  withWeight(weight: Tensor): ConvolutionMap {
    return new ConvolutionMap(this.#shape, weight)
  }
}

const lengthOf = ([channels, [rows, columns]]: Plane): number => channels * rows * columns
