import { implicitQL } from './implicit-ql.ts'
import { tridiagonalise } from './tridiagonalise.ts'

/**
 * Components whose magnitudes differ by less than this, relatively, count as equal when a vector's sign is chosen:
 * ties are common (the eigenvectors of `[[0, 1], [1, 0]]`) and rounding must not decide them.
 */
const SIGN_TIE = 1e-8

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of the symmetric part `(A + Aᵀ)/2`: Householder
 * tridiagonalisation, then implicit QL with Wilkinson's shift. The largest-magnitude component of every vector is
 * positive (the first of them on ties). A NaN or an infinity anywhere makes every result NaN.
 *
 * @param a `[n, n]` row-major, left as it is
 * @param values `[n]`, overwritten
 * @param vectors `[n, n]` row-major, overwritten; vector k is column k
 * @param workspace `[n]`, overwritten
 */
export function symmetricEigen(
  a: Float64Array,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
  workspace: Float64Array = new Float64Array(n),
): void {
  const largest = symmetricPart(a, n, vectors)
  if (!Number.isFinite(largest)) {
    values.fill(Number.NaN, 0, n)
    vectors.fill(Number.NaN, 0, n * n)
    return
  }
  const scale = powerOfTwoNear(largest)
  for (let i = 0; i < n * n; i++) vectors[i] /= scale
  // From here to the transposition vector k is row k: both stages then only walk along rows.
  tridiagonalise(vectors, n, values, workspace)
  implicitQL(values, workspace, vectors, n)
  sortAscending(values, vectors, n)
  for (let k = 0; k < n; k++) {
    values[k] *= scale
    orient(vectors, k * n, n)
  }
  transposeInPlace(vectors, n)
}

/** Writes `(A + Aᵀ)/2`; returns its largest magnitude, NaN or ∞ if it holds such a number. */
function symmetricPart(a: Float64Array, n: number, out: Float64Array): number {
  let largest = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = a[i * n + j] / 2 + a[j * n + i] / 2
      out[i * n + j] = out[j * n + i] = entry
      largest = Math.max(largest, Math.abs(entry))
    }
  }
  return largest
}

/** A power of two within a factor of 2 (so that dividing by it is exact), 1 for 0. */
function powerOfTwoNear(magnitude: number): number {
  let power = 1
  if (magnitude === 0) return power
  while (power < magnitude / 2) power *= 2
  while (power / 2 >= magnitude) power /= 2
  return power
}

function sortAscending(values: Float64Array, rows: Float64Array, n: number): void {
  for (let k = 0; k < n - 1; k++) {
    let least = k
    for (let i = k + 1; i < n; i++) if (values[i] < values[least]) least = i
    if (least === k) continue
    swap(values, k, least)
    for (let c = 0; c < n; c++) swap(rows, k * n + c, least * n + c)
  }
}

function orient(vectors: Float64Array, start: number, n: number): void {
  let largest = 0
  for (let c = start; c < start + n; c++) largest = Math.max(largest, Math.abs(vectors[c]))
  let first = start
  while (Math.abs(vectors[first]) < largest * (1 - SIGN_TIE)) first++
  if (vectors[first] > 0) return
  for (let c = start; c < start + n; c++) vectors[c] = -vectors[c]
}

function transposeInPlace(square: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) swap(square, i * n + j, j * n + i)
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i]
  values[i] = values[j]
  values[j] = held
}
