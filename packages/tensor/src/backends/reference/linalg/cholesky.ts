/**
 * Replaces the lower triangle of a symmetric positive semidefinite matrix by its Cholesky factor, in place.
 *
 * A pivot not above `n · epsilon · (largest diagonal entry)` is dropped: its row and column of the factor become 0,
 * so {@link choleskySolveInPlace} treats that unknown as absent. Only the lower triangle of `a` is read, the upper
 * one is left alone. A matrix with a NaN or an infinity becomes NaN throughout.
 *
 * @param a `[n, n]` row-major, overwritten by the factor
 * @param epsilon machine epsilon of the dtype the entries were computed in, not of the array that carries them
 * @returns whether a pivot was dropped: only then can the matrix be indefinite, which {@link isIndefinite} says
 */
export function choleskyFactor(a: Float64Array, n: number, epsilon: number): boolean {
  const threshold = n * epsilon * largestDiagonal(a, n)
  if (Number.isNaN(threshold)) {
    a.fill(Number.NaN, 0, n * n)
    return false
  }
  let hasDropped = false
  for (let j = 0; j < n; j++) {
    const pivot = remainder(a, n, j, j, j)
    if (pivot > threshold) finishColumn(a, n, j, pivot)
    else {
      dropUnknown(a, n, j)
      hasDropped = true
    }
  }
  return hasDropped
}

/**
 * The Cholesky factor of a positive definite matrix, zeros above the diagonal, in place; NaN throughout where a pivot is not
 * above 0 or an entry of the lower triangle is no finite number.
 */
export function choleskyDefinite(a: Float64Array, n: number): void {
  let isDefinite = !Number.isNaN(largestDiagonal(a, n))
  for (let j = 0; j < n && isDefinite; j++) {
    const pivot = remainder(a, n, j, j, j)
    isDefinite = pivot > 0
    finishColumn(a, n, j, pivot)
    a.fill(0, j * n + j + 1, j * n + n)
  }
  if (!isDefinite) a.fill(Number.NaN, 0, n * n)
}

/** Errors of the entries of a matrix that count as rounding, `64 ε √(a_ii a_jj)`; docs/decisions/0014 has what they are. */
const ROUNDING = 64

/**
 * Whether rounding of its entries does not explain the smallest eigenvalue of a matrix: it is below `−64 ε Σ |a_ii|`, which is
 * as much as errors of `64 ε √(a_ii a_jj)` make of 0. The matrix is overwritten.
 *
 * The pivots of {@link choleskyFactor} do not say so: one just above its threshold may be rounding, and what is
 * eliminated with it is off by up to 1350 √ε. With that much more on the diagonal no pivot is rounding, and all are
 * above 0 just where no eigenvalue is lower (Rump 2006, Verification of positive definiteness, BIT 46, does the same for proofs).
 *
 * @param a `[n, n]` row-major, lower triangle read, finite
 * @param epsilon machine epsilon of the dtype the entries were computed in
 * @param smallest normal number of that dtype: entries below it are off by more than ε of them
 */
export function isIndefinite(a: Float64Array, n: number, epsilon: number, smallest: number): boolean {
  let slack = smallest
  for (let i = 0; i < n; i++) slack += ROUNDING * epsilon * Math.abs(a[i * n + i])
  for (let i = 0; i < n; i++) a[i * n + i] += slack
  choleskyDefinite(a, n)
  return n > 0 && Number.isNaN(a[0])
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

/** At least 0; NaN if the lower triangle holds anything but finite numbers. */
function largestDiagonal(a: Float64Array, n: number): number {
  let largest = 0
  let notANumber = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) notANumber += a[i * n + j] * 0
    largest = Math.max(largest, a[i * n + i])
  }
  return largest + notANumber
}

/** Entry (i, j) once the first `columns` columns are taken away. */
function remainder(a: Float64Array, n: number, i: number, j: number, columns: number): number {
  let entry = a[i * n + j]
  for (let k = 0; k < columns; k++) entry -= a[i * n + k] * a[j * n + k]
  return entry
}

function finishColumn(a: Float64Array, n: number, j: number, pivot: number): void {
  const root = Math.sqrt(pivot)
  a[j * n + j] = root
  for (let i = j + 1; i < n; i++) a[i * n + j] = remainder(a, n, i, j, j) / root
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
