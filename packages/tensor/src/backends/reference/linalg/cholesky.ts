/**
 * Replaces the lower triangle of a symmetric positive semidefinite matrix by its Cholesky factor, in place.
 *
 * A pivot not above `n · epsilon · (largest diagonal entry)` is dropped: its row and column of the factor become 0,
 * so {@link choleskySolveInPlace} treats that unknown as absent. Only the lower triangle of `a` is read, the upper
 * one is left alone. A matrix with a NaN or an infinity becomes NaN throughout.
 *
 * @param a `[n, n]` row-major, overwritten by the factor
 * @param epsilon machine epsilon of the dtype the entries were computed in, not of the array that carries them
 */
export function choleskyFactor(a: Float64Array, n: number, epsilon: number): void {
  const threshold = pivotThreshold(a, n, epsilon)
  if (Number.isNaN(threshold)) {
    a.fill(Number.NaN, 0, n * n)
    return
  }
  for (let j = 0; j < n; j++) {
    const rowJ = j * n
    let pivot = a[rowJ + j]
    for (let k = 0; k < j; k++) pivot -= a[rowJ + k] * a[rowJ + k]
    if (pivot <= threshold) {
      dropUnknown(a, n, j)
      continue
    }
    const root = Math.sqrt(pivot)
    a[rowJ + j] = root
    for (let i = j + 1; i < n; i++) {
      const rowI = i * n
      let entry = a[rowI + j]
      for (let k = 0; k < j; k++) entry -= a[rowI + k] * a[rowJ + k]
      a[rowI + j] = entry / root
    }
  }
}

/**
 * Solves `L Lᵀ X = B` for a factor of {@link choleskyFactor}; the unknowns of dropped pivots are 0.
 *
 * @param factor `[n, n]` row-major, lower triangle read
 * @param b `[n, m]` row-major, overwritten by `X`
 */
export function choleskySolveInPlace(factor: Float64Array, n: number, b: Float64Array, m: number): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtractRow(b, m, i, k, factor[i * n + k])
    divideRow(b, m, i, factor[i * n + i])
  }
  for (let i = n - 1; i >= 0; i--) {
    divideRow(b, m, i, factor[i * n + i])
    for (let k = 0; k < i; k++) subtractRow(b, m, k, i, factor[i * n + k])
  }
}

/** NaN if the lower triangle holds anything but finite numbers. */
function pivotThreshold(a: Float64Array, n: number, epsilon: number): number {
  let largest = 0
  let notANumber = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) notANumber += a[i * n + j] * 0
    largest = Math.max(largest, a[i * n + i])
  }
  return n * epsilon * largest + notANumber
}

function dropUnknown(a: Float64Array, n: number, j: number): void {
  a.fill(0, j * n, j * n + j + 1)
  for (let i = j + 1; i < n; i++) a[i * n + j] = 0
}

function subtractRow(b: Float64Array, m: number, target: number, source: number, factor: number): void {
  for (let c = 0; c < m; c++) b[target * m + c] -= factor * b[source * m + c]
}

/** A dropped unknown (divisor 0) is 0, unless its right-hand side is no finite number, which must be seen. */
function divideRow(b: Float64Array, m: number, row: number, divisor: number): void {
  for (let c = row * m; c < row * m + m; c++) {
    if (divisor !== 0) b[c] /= divisor
    else b[c] = Number.isFinite(b[c]) ? 0 : Number.NaN
  }
}
