import {
  broadcastTo,
  concat,
  maxPool2d,
  pad,
  pickWinners,
  placeWinners,
  reshape,
  slice,
  type Tensor,
} from '@facet/tensor'
import { asImages } from '../images/image-shape.ts'
import type { Pair } from '../images/pair.ts'
import type { Windows } from '../images/windows.ts'
import type { LargestChoice, Pieces } from './pieces.ts'

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

  /** The k-th numbers of all windows are a slice with steps. Padding is no candidate: its numbers are −∞. */
  candidates(p: Tensor): Tensor {
    const [samples] = p.shape
    const { kernel, stride, padding } = this.#windows
    const [above, before] = padding
    const images = asImages(p, this.#channels, this.#size)
    const around = [
      [0, 0],
      [0, 0],
      [above, above],
      [before, before],
    ] as const
    const padded = above + before === 0 ? images : pad(images, around, Number.NEGATIVE_INFINITY)
    const sizes = [samples, this.#channels, ...this.#counts]
    const numbers = Array.from({ length: this.states }, (_, k) => {
      const place = [0, 0, Math.floor(k / kernel[1]), k % kernel[1]]
      return reshape(slice(padded, place, sizes, [1, 1, ...stride]), [samples, this.units, 1])
    })
    return concat(numbers, 2)
  }

  /** Channel by channel, row by row; places in the padding are none. */
  choice(): LargestChoice {
    const { kernel, stride, padding } = this.#windows
    const [height, width] = this.#size
    const [rows, columns] = this.#counts
    const places = new Int32Array(this.units * this.states)
    for (let at = 0; at < places.length; at++) {
      const [unit, k] = [Math.floor(at / this.states), at % this.states]
      const [channel, i, j] = [
        Math.floor(unit / (rows * columns)),
        Math.floor(unit / columns) % rows,
        unit % columns,
      ]
      const y = i * stride[0] - padding[0] + Math.floor(k / kernel[1])
      const x = j * stride[1] - padding[1] + (k % kernel[1])
      const isInside = y >= 0 && y < height && x >= 0 && x < width
      places[at] = isInside ? (channel * height + y) * width + x : -1
    }
    return { kind: 'largest', places }
  }
}
