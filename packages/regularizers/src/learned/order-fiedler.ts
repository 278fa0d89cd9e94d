import { nearestOthers } from './order-nearest.ts'

/** Steps of inverse iteration, at most: on a line each divides the error by 4. */
const MOST_STEPS = 60

/**
 * The points sorted by the second eigenvector of the Laplacian of their graph of nearest neighbours (Fiedler 1973; Atkins, Boman &
 * Hendrickson 1998 for seriation). Edges have weight 1 and go both ways; those of the minimum spanning tree are added, so that the graph
 * hangs together.
 *
 * Inverse iteration on `L + c 11ᵀ/d`, which has the eigenvectors of L and c for the constant one, by one Cholesky factorisation: d³/6
 * multiply-adds, where all eigenvectors would cost some 5 d³.
 *
 * @param distances [d, d], squared or not
 */
export function fiedlerOrder(distances: Float64Array, d: number, neighbours: number): Int32Array {
  const matrix = laplacian(distances, d, neighbours)
  let most = 0
  for (let p = 0; p < d; p++) most = Math.max(most, matrix[p * d + p])
  // Above twice the largest degree there is no eigenvalue of L: the constant vector dies out faster than any other.
  for (let at = 0; at < d * d; at++) matrix[at] += (2 * most) / d
  factorise(matrix, d)
  const vector = farthestDistances(distances, d)
  const next = new Float64Array(d)
  for (let step = 0; step < MOST_STEPS; step++) {
    normalise(vector)
    next.set(vector)
    solveInPlace(matrix, d, next)
    normalise(next)
    let product = 0
    for (let p = 0; p < d; p++) product += next[p] * vector[p]
    vector.set(next)
    if (product > 1 - 1e-13) break
  }
  return Int32Array.from({ length: d }, (_, p) => p).sort((a, b) => vector[a] - vector[b] || a - b)
}

function laplacian(distances: Float64Array, d: number, neighbours: number): Float64Array {
  const matrix = new Float64Array(d * d)
  const join = (p: number, q: number): void => {
    if (matrix[p * d + q] !== 0) return
    matrix[p * d + q] = matrix[q * d + p] = -1
    matrix[p * d + p]++
    matrix[q * d + q]++
  }
  const k = Math.min(neighbours, d - 1)
  nearestOthers(distances, d, k).forEach((q, at) => {
    join(Math.floor(at / k), q)
  })
  joinTree(distances, d, join)
  return matrix
}

/** The edges of the minimum spanning tree (Prim). */
function joinTree(distances: Float64Array, d: number, join: (p: number, q: number) => void): void {
  const to = new Int32Array(d)
  const isIn = new Uint8Array(d)
  for (let last = 0, count = 1; count < d; count++) {
    isIn[last] = 1
    let best = -1
    for (let p = 0; p < d; p++) {
      if (isIn[p] === 1) continue
      if (distances[p * d + last] < distances[p * d + to[p]]) to[p] = last
      if (best < 0 || distances[p * d + to[p]] < distances[best * d + to[best]]) best = p
    }
    join(best, to[best])
    last = best
  }
}

/** A start that goes with the points wherever they stand: distances from the point that is farthest from all others. */
function farthestDistances(distances: Float64Array, d: number): Float64Array {
  let [farthest, most] = [0, -1]
  for (let p = 0; p < d; p++) {
    let total = 0
    for (let q = 0; q < d; q++) total += distances[p * d + q]
    if (total > most) [farthest, most] = [p, total]
  }
  const start = distances.slice(farthest * d, (farthest + 1) * d)
  // A start without a part of every kind, such as all equal distances, would stay what it is.
  start[farthest] = -1
  return start
}

/** Mean 0, norm 1. */
function normalise(vector: Float64Array): void {
  const mean = vector.reduce((a, b) => a + b, 0) / vector.length
  let squares = 0
  for (let p = 0; p < vector.length; p++) {
    vector[p] -= mean
    squares += vector[p] * vector[p]
  }
  const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares)
  for (let p = 0; p < vector.length; p++) vector[p] *= factor
}

/** A = R Rᵀ for a positive definite matrix: R replaces its lower triangle. */
function factorise(a: Float64Array, d: number): void {
  for (let p = 0; p < d; p++) {
    for (let q = 0; q <= p; q++) {
      let total = a[p * d + q]
      for (let k = 0; k < q; k++) total -= a[p * d + k] * a[q * d + k]
      a[p * d + q] = p === q ? Math.sqrt(total) : total / a[q * d + q]
    }
  }
}

function solveInPlace(r: Float64Array, d: number, x: Float64Array): void {
  for (let p = 0; p < d; p++) {
    let total = x[p]
    for (let k = 0; k < p; k++) total -= r[p * d + k] * x[k]
    x[p] = total / r[p * d + p]
  }
  for (let p = d - 1; p >= 0; p--) {
    x[p] /= r[p * d + p]
    for (let k = 0; k < p; k++) x[k] -= r[p * d + k] * x[p]
  }
}
