import { keep, machineEpsilon, matmul, mul, rows, scope, Tensor } from '@facet/tensor'
import { describe, expectCount } from '@facet/tensor/checks'
import { unitOf } from './unit-of.ts'

/** Products held at a time: 32 MB in float64. */
const mostProducts = 2 ** 22

/**
 * The k nearest other rows of every row, nearest first, in Euclidean distance; of equally near ones the lowest index first.
 * Duplicates are neighbours at distance 0.
 *
 * All distances come from one product a block of rows, in the data's dtype; those that its rounding cannot tell from the
 * k-th are computed again difference by difference in float64, so that the answer is exact.
 *
 * @param data [n, d]
 * @returns [n·k] row indices: the neighbours of row i at i·k … i·k + k − 1
 * @throws RangeError for fewer than k + 1 rows, a k that is not a whole number of at least 1, or numbers that are not finite.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { nearestNeighbours } from '@facet/regularizers'
 * await init()
 * nearestNeighbours(tensor([[0], [1], [3]]), 1) // Int32Array [1, 0, 1]
 */
export function nearestNeighbours(data: Tensor, k: number): Int32Array {
  expectCount('nearestNeighbours', 'k', k)
  if (!(data instanceof Tensor) || data.rank !== 2 || data.shape[0] < k + 1) {
    throw new RangeError(
      `nearestNeighbours: data: expected at least ${k + 1} rows [n, d], got ${describe(data)}`,
    )
  }
  const [n, d] = data.shape
  const given = data.dataSync()
  const unit = unitOf('nearestNeighbours', given)
  const scaled = keep(scope(() => mul(mul(data, unit[0]), unit[1])))
  try {
    return nearestOf(scaled, n, d, k)
  } finally {
    scaled.dispose()
  }
}

function nearestOf(data: Tensor, n: number, d: number, k: number): Int32Array {
  const values = data.dataSync()
  const squares = squaredNorms(values, n, d)
  const largest = Math.sqrt(squares.reduce((a, b) => Math.max(a, b), 0))
  const found = new Int32Array(n * k)
  const chunk = Math.max(1, Math.floor(mostProducts / n))
  const nearest = new Nearest(k)
  for (let from = 0; from < n; from += chunk) {
    const to = Math.min(n, from + chunk)
    const products = scope(() => matmul(rows(data, from, to), data, { transposeB: true })).dataSync()
    for (let i = from; i < to; i++) {
      const row = (i - from) * n
      const approximate = (j: number): number => squares[j] - 2 * products[row + j]
      nearest.clear()
      for (let j = 0; j < n; j++) if (j !== i) nearest.offer(approximate(j), j)
      // A product of d terms is off by at most d ε ‖x_i‖ ‖x_j‖, in whatever order it is summed.
      const slack = 4 * d * machineEpsilon(data.dtype) * Math.sqrt(squares[i]) * largest
      const limit = nearest.worst + slack
      nearest.clear()
      for (let j = 0; j < n; j++)
        if (j !== i && approximate(j) <= limit) nearest.offer(squaredDistance(values, i, j, d), j)
      found.set(nearest.indices, i * k)
    }
  }
  return found
}

/** The k smallest of what is offered in the order of the indices: of equal ones the first stay. */
class Nearest {
  readonly indices: Int32Array
  readonly #distances: Float64Array

  constructor(k: number) {
    this.indices = new Int32Array(k)
    this.#distances = new Float64Array(k)
  }

  get worst(): number {
    return this.#distances[this.#distances.length - 1]
  }

  clear(): void {
    this.#distances.fill(Number.POSITIVE_INFINITY)
  }

  offer(distance: number, index: number): void {
    let at = this.#distances.length - 1
    if (!(distance < this.#distances[at])) return
    for (; at > 0 && distance < this.#distances[at - 1]; at--) {
      this.#distances[at] = this.#distances[at - 1]
      this.indices[at] = this.indices[at - 1]
    }
    this.#distances[at] = distance
    this.indices[at] = index
  }
}

function squaredNorms(values: ArrayLike<number>, n: number, d: number): Float64Array {
  const squares = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let a = i * d; a < (i + 1) * d; a++) squares[i] += values[a] * values[a]
  return squares
}

function squaredDistance(values: ArrayLike<number>, i: number, j: number, d: number): number {
  let total = 0
  for (let a = 0; a < d; a++) total += (values[i * d + a] - values[j * d + a]) ** 2
  return total
}
