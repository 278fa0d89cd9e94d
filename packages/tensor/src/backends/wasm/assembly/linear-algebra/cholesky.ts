import { fillNumbers, narrow } from './matrices'

// Always in float64, whatever the dtype of the matrices.

@inline function at(row: i32, column: i32, n: i32): usize {
  return <usize>(row * n + column) << 3
}

/** At least 0; NaN if the lower triangle holds anything but finite numbers. */
function largestDiagonal(a: usize, n: i32): f64 {
  let largest: f64 = 0
  let holes: f64 = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) holes += load<f64>(a + at(i, j, n)) * 0
    largest = max<f64>(largest, load<f64>(a + at(i, i, n)))
  }
  return largest + holes
}

/** Entry (i, j) once the first columns are taken away. */
@inline function remainder(a: usize, n: i32, i: i32, j: i32, columns: i32): f64 {
  let entry = load<f64>(a + at(i, j, n))
  for (let k = 0; k < columns; k++) entry -= load<f64>(a + at(i, k, n)) * load<f64>(a + at(j, k, n))
  return entry
}

@inline function finishColumn(a: usize, n: i32, j: i32, pivot: f64): void {
  const root = sqrt<f64>(pivot)
  store<f64>(a + at(j, j, n), root)
  for (let i = j + 1; i < n; i++) store<f64>(a + at(i, j, n), remainder(a, n, i, j, j) / root)
}

/**
 * Lower Cholesky factor of a [n, n] in place; a pivot not above the threshold is dropped with its row and column. NaN throughout for
 * a matrix that is not finite.
 * @returns whether a pivot was dropped
 */
function factor(a: usize, n: i32, epsilon: f64): bool {
  const threshold = epsilon * largestDiagonal(a, n)
  if (isNaN<f64>(threshold)) {
    fillNumbers(a, n * n, NaN)
    return false
  }
  let hasDropped = false
  for (let j = 0; j < n; j++) {
    const pivot = remainder(a, n, j, j, j)
    if (pivot > threshold) finishColumn(a, n, j, pivot)
    else {
      for (let k = 0; k <= j; k++) store<f64>(a + at(j, k, n), 0)
      for (let i = j + 1; i < n; i++) store<f64>(a + at(i, j, n), 0)
      hasDropped = true
    }
  }
  return hasDropped
}

/** The factor of a positive definite matrix, zeros above the diagonal; NaN throughout for others, false of which it is. */
function factorDefinite(a: usize, n: i32): bool {
  let isDefinite = !isNaN<f64>(largestDiagonal(a, n))
  for (let j = 0; j < n && isDefinite; j++) {
    const pivot = remainder(a, n, j, j, j)
    isDefinite = pivot > 0
    finishColumn(a, n, j, pivot)
    for (let k = j + 1; k < n; k++) store<f64>(a + at(j, k, n), 0)
  }
  if (!isDefinite) fillNumbers(a, n * n, NaN)
  return isDefinite
}

/** Errors of the entries that count as rounding, in ε √(a_ii a_jj): the reference backend says why. */
const ROUNDING: f64 = 64

/** Whether rounding of its entries does not explain the smallest eigenvalue of a matrix, which is overwritten. */
function isIndefinite(a: usize, n: i32, epsilon: f64, smallest: f64): bool {
  let slack = smallest
  for (let i = 0; i < n; i++) slack += ROUNDING * epsilon * abs<f64>(load<f64>(a + at(i, i, n)))
  for (let i = 0; i < n; i++) store<f64>(a + at(i, i, n), load<f64>(a + at(i, i, n)) + slack)
  return !factorDefinite(a, n)
}

/** The symmetric part of a matrix into the lower triangle of one in float64. */
@inline function widenSymmetric<T>(a: usize, n: i32, to: usize): void {
  const row = <usize>n * sizeof<T>()
  for (let i = 0; i < n; i++) {
    let left = a + <usize>i * row
    let above = a + <usize>i * sizeof<T>()
    for (let place = to + at(i, 0, n), end = place + (<usize>i << 3); place < end; place += 8) {
      store<f64>(place, <f64>load<T>(left) * 0.5 + <f64>load<T>(above) * 0.5)
      left += sizeof<T>()
      above += row
    }
    store<f64>(to + at(i, i, n), <f64>load<T>(left))
  }
}

/** A dropped unknown (divisor 0) is 0, unless its right-hand side is no finite number, which must be seen. */
@inline function divideRow(b: usize, m: i32, row: i32, divisor: f64): void {
  for (let c = 0; c < m; c++) {
    const place = b + at(row, c, m)
    const value = load<f64>(place)
    store<f64>(place, divisor != 0 ? value / divisor : isFinite<f64>(value) ? 0 : NaN)
  }
}

@inline function subtractRow(b: usize, m: i32, target: i32, source: i32, by: f64): void {
  for (let c = 0; c < m; c++) {
    const place = b + at(target, c, m)
    store<f64>(place, load<f64>(place) - by * load<f64>(b + at(source, c, m)))
  }
}

/** X of A X = B, A symmetric and positive semi-definite. `scratch` has room for n · (2 n + m) numbers in float64. */
// instances: f32 f64
@inline function choleskySolve<T>(count: i32, n: i32, m: i32, a: usize, b: usize, x: usize, epsilon: f64, scratch: usize): void {
  const matrix = scratch
  const right = scratch + (<usize>(n * n) << 3)
  const original = right + (<usize>(n * m) << 3)
  for (let each = 0; each < count; each++, a += <usize>(n * n) * sizeof<T>()) {
    widenSymmetric<T>(a, n, matrix)
    for (let i = 0; i < n * m; i++, b += sizeof<T>()) store<f64>(right + (<usize>i << 3), <f64>load<T>(b))
    if (factor(matrix, n, epsilon)) {
      widenSymmetric<T>(a, n, original)
      if (isIndefinite(original, n, epsilon, sizeof<T>() == 4 ? <f64>f32.MIN_NORMAL_VALUE : f64.MIN_NORMAL_VALUE)) fillNumbers(matrix, n * n, NaN)
    }
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) subtractRow(right, m, i, k, load<f64>(matrix + at(i, k, n)))
      divideRow(right, m, i, load<f64>(matrix + at(i, i, n)))
    }
    for (let i = n - 1; i >= 0; i--) {
      divideRow(right, m, i, load<f64>(matrix + at(i, i, n)))
      for (let k = 0; k < i; k++) subtractRow(right, m, k, i, load<f64>(matrix + at(i, k, n)))
    }
    for (let i = 0; i < n * m; i++, x += sizeof<T>()) store<T>(x, <T>load<f64>(right + (<usize>i << 3)))
  }
}

/** `scratch` has room for n² numbers in float64. */
// instances: f32 f64
@inline function cholesky<T>(count: i32, n: i32, a: usize, out: usize, scratch: usize): void {
  const bytes = <usize>(n * n) * sizeof<T>()
  for (let each = 0; each < count; each++, a += bytes, out += bytes) {
    widenSymmetric<T>(a, n, scratch)
    factorDefinite(scratch, n)
    narrow<T>(scratch, n * n, out)
  }
}
