import { pca } from '@facet/models'
import { concat, matmul, scope, sub, type Tensor, tensor, transpose, zeros } from '@facet/tensor'
import type { DataFacts } from '../run/data-facts.ts'
import { asTensor } from '../run/make-data.ts'

const AXES = 3
const named: readonly string[] = ['x', 'y', 'z']

/** The space of three axes in which a decoder's image is drawn: that of the data where they have no more, else of their main axes. Keeps no tensors. */
export class SurfaceSpace {
  readonly axes: readonly [string, string, string]
  /** Whether the third coordinate of everything is 0. */
  readonly isFlat: boolean
  readonly #width: number
  /** Where the axes meet [width], and their directions as columns [width, 3]. */
  readonly #centre: Float32Array
  readonly #directions: Float32Array
  readonly #samples: Float32Array<ArrayBuffer>

  constructor({ train, width, columns }: DataFacts) {
    this.#width = width
    const isOwn = width <= AXES
    this.isFlat = width < AXES
    const names = isOwn ? named.map((name, i) => columns?.[i] ?? name) : named.map((_, i) => `PCA ${i + 1}`)
    this.axes = names as unknown as readonly [string, string, string]
    const { centre, directions } = isOwn ? ownAxes(width) : mainAxes(train, width)
    this.#centre = centre
    this.#directions = directions
    this.#samples = scope(() => this.project(asTensor(train, width)))
  }

  /** Training samples, x, y, z of each: a copy. */
  samples(): Float32Array<ArrayBuffer> {
    return this.#samples.slice()
  }

  /** Rows [n, width] as x, y, z of each. */
  project(rows: Tensor): Float32Array<ArrayBuffer> {
    const width = this.#width
    return scope(() => {
      const away = sub(rows, tensor(this.#centre, { shape: [1, width] }))
      const placed = matmul(away, tensor(this.#directions, { shape: [width, AXES] }))
      return Float32Array.from(placed.dataSync())
    })
  }
}

function ownAxes(width: number) {
  const directions = new Float32Array(width * AXES)
  for (let i = 0; i < width; i++) directions[i * AXES + i] = 1
  return { centre: new Float32Array(width), directions }
}

/** Of fewer rows than axes some are missing, and their coordinates 0. */
const mainAxes = (train: Float32Array, width: number) =>
  scope(() => {
    const data = asTensor(train, width)
    const known = Math.min(AXES, train.length / width)
    const { mean, components } = pca(data, known)
    const all = concat([components, zeros([AXES - known, width], components.dtype)], 0)
    return {
      centre: Float32Array.from(mean.dataSync()),
      directions: Float32Array.from(transpose(all).dataSync()),
    }
  })
