import {
  broadcastTo,
  concat,
  full,
  gather,
  maxPool2d,
  pickWinners,
  placeWinners,
  reshape,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { asImages } from './image-shape.ts'
import type { Pair } from './pair.ts'
import type { Pieces } from './pieces.ts'
import type { Windows } from './windows.ts'

/** Units that take the largest number of their window, the first on ties. */
export class MaxPieces implements Pieces {
  readonly inputs: number
  readonly units: number
  readonly states: number
  readonly isSign = false
  readonly #channels: number
  readonly #size: Pair
  readonly #counts: Pair
  readonly #windows: Windows

  constructor(channels: number, size: Pair, counts: Pair, windows: Windows) {
    this.inputs = channels * size[0] * size[1]
    this.units = channels * counts[0] * counts[1]
    this.states = windows.kernel[0] * windows.kernel[1]
    this.#channels = channels
    this.#size = size
    this.#counts = counts
    this.#windows = windows
  }

  forward(p: Tensor): { output: Tensor; words: Tensor } {
    const { kernel, stride, padding } = this.#windows
    const { output, code } = maxPool2d(asImages(p, this.#channels, this.#size), { kernel, stride, padding })
    return { output: reshape(output, [p.shape[0], this.units]), words: code }
  }

  push(words: Tensor, v: Tensor): Tensor {
    const { kernel, stride, padding } = this.#windows
    const all = broadcastTo(v, [words.shape[0], v.shape[1], v.shape[2]])
    const images = reshape(all, [...all.shape.slice(0, 2), this.#channels, ...this.#size])
    return reshape(pickWinners(words, images, { kernel, stride, padding }), [
      ...all.shape.slice(0, 2),
      this.units,
    ])
  }

  pull(words: Tensor, g: Tensor): Tensor {
    const { kernel, stride, padding } = this.#windows
    const all = broadcastTo(g, [words.shape[0], g.shape[1], g.shape[2]])
    const images = reshape(all, [...all.shape.slice(0, 2), this.#channels, ...this.#counts])
    const placed = placeWinners(words, images, { kernel, stride, padding, size: this.#size })
    return reshape(placed, [...all.shape.slice(0, 2), this.inputs])
  }

  /** Padding is no candidate: its places are those of −∞. */
  candidates(p: Tensor): Tensor {
    const bottom = full([p.shape[0], 1], Number.NEGATIVE_INFINITY, p.dtype)
    const places = tensor(this.#places(), { dtype: 'int32' })
    return reshape(gather(concat([p, bottom], 1), places, 1), [p.shape[0], this.units, this.states])
  }

  /** For each unit the places of its window's numbers among the inputs; of padding, the place behind the last. */
  #places(): Int32Array {
    const { kernel, stride, padding } = this.#windows
    const [height, width] = this.#size
    const places = new Int32Array(this.units * this.states)
    let at = 0
    for (let c = 0; c < this.#channels; c++)
      for (let i = 0; i < this.#counts[0]; i++)
        for (let j = 0; j < this.#counts[1]; j++)
          for (let k = 0; k < kernel[0]; k++)
            for (let l = 0; l < kernel[1]; l++) {
              const [row, column] = [i * stride[0] - padding[0] + k, j * stride[1] - padding[1] + l]
              const isInside = row >= 0 && row < height && column >= 0 && column < width
              places[at++] = isInside ? (c * height + row) * width + column : this.inputs
            }
    return places
  }
}
