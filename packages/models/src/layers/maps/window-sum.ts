import { full, mul, spreadWindows, sumWindows, type Tensor } from '@facet/tensor'
import { asImages, asRows } from '../images/image-shape.ts'
import type { Pair } from '../images/pair.ts'
import type { Windows } from '../images/windows.ts'
import type { Float } from '../layer.ts'
import type { LinearMap } from './linear-map.ts'

/** The sum of every window of flattened images, times one factor: the mean of windows, and backward the copies of upsampling. */
export class WindowSum implements LinearMap {
  readonly matrix = null
  readonly inputs: number
  readonly outputs: number
  readonly cost: number
  readonly #channels: number
  readonly #size: Pair
  readonly #counts: Pair
  readonly #windows: Windows
  readonly #factor: number | Tensor

  /**
   * @param size rows and columns of the images
   * @param counts rows and columns of windows
   */
  constructor(channels: number, size: Pair, counts: Pair, windows: Windows, factor: number | Tensor) {
    this.inputs = channels * size[0] * size[1]
    this.outputs = channels * counts[0] * counts[1]
    this.cost = this.outputs * windows.kernel[0] * windows.kernel[1]
    this.#channels = channels
    this.#size = size
    this.#counts = counts
    this.#windows = windows
    this.#factor = factor
  }

  apply(x: Tensor): Tensor {
    const { kernel, stride, padding } = this.#windows
    return this.#scaled(
      asRows(sumWindows(asImages(x, this.#channels, this.#size), { kernel, stride, padding })),
    )
  }

  applyTransposed(g: Tensor): Tensor {
    const { kernel, stride, padding } = this.#windows
    const options = { kernel, stride, padding, size: this.#size }
    return this.#scaled(asRows(spreadWindows(asImages(g, this.#channels, this.#counts), options)))
  }

  weight(dtype: Float): Tensor {
    return typeof this.#factor === 'number' ? full([], this.#factor, dtype) : this.#factor
  }

  withWeight(weight: Tensor): WindowSum {
    return new WindowSum(this.#channels, this.#size, this.#counts, this.#windows, weight)
  }

  #scaled(x: Tensor): Tensor {
    return this.#factor === 1 ? x : mul(x, this.#factor)
  }
}
