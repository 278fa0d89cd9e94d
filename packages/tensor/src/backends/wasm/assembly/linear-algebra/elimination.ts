import { log } from '../mathematics'
import { get, narrow, set, swap, widen } from './matrices'

// Elimination with partial pivoting, in float64 whatever the dtype.

function swapRows(x: usize, width: i32, first: i32, second: i32): void {
  for (let c = 0; c < width; c++) swap(x, first * width + c, second * width + c)
}

/** row of x −= factor · another row, from a column on. */
function eliminate(x: usize, width: i32, row: i32, by: i32, from: i32, factor: f64): void {
  for (let c = from; c < width; c++) set(x, row * width + c, get(x, row * width + c) - factor * get(x, by * width + c))
}

/**
 * Solves A X = B of m right sides; A is overwritten by its triangular factor on and above the diagonal, B by X. The sign of the
 * permutation of the rows.
 */
export function luSolve(a: usize, n: i32, b: usize, m: i32): i32 {
  let sign = 1
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (abs<f64>(get(a, i * n + k)) > abs<f64>(get(a, best * n + k))) best = i
    if (best != k) {
      sign = -sign
      swapRows(a, n, k, best)
      swapRows(b, m, k, best)
    }
    for (let i = k + 1; i < n; i++) {
      const factor = get(a, i * n + k) / get(a, k * n + k)
      eliminate(a, n, i, k, k + 1, factor)
      eliminate(b, m, i, k, 0, factor)
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) eliminate(b, m, i, k, 0, get(a, i * n + k))
    for (let c = 0; c < m; c++) set(b, i * m + c, get(b, i * m + c) / get(a, i * n + i))
  }
  return sign
}

function isWhole(a: usize, count: i32): bool {
  let holes: f64 = 0
  for (let i = 0; i < count; i++) holes += get(a, i) * 0
  return holes == 0
}

/** Whether a pivot is 0 or no number. */
function hasNoPivot(a: usize, n: i32): bool {
  for (let i = 0; i < n; i++) if (!(abs<f64>(get(a, i * n + i)) > 0)) return true
  return false
}

/** `scratch` has room for n · (n + m) numbers in float64. */
// instances: f32 f64
@inline function solve<T>(count: i32, n: i32, m: i32, a: usize, b: usize, x: usize, scratch: usize): void {
  const right = scratch + (<usize>(n * n) << 3)
  for (let each = 0; each < count; each++) {
    widen<T>(a, n * n, scratch)
    widen<T>(b, n * m, right)
    const isFinite = isWhole(scratch, n * n)
    luSolve(scratch, n, right, m)
    if (!isFinite || hasNoPivot(scratch, n)) for (let i = 0; i < n * m; i++) set(right, i, NaN)
    narrow<T>(right, n * m, x)
    a += <usize>(n * n) * sizeof<T>()
    b += <usize>(n * m) * sizeof<T>()
    x += <usize>(n * m) * sizeof<T>()
  }
}

/** `scratch` has room for n² numbers in float64. */
// instances: f32 f64
@inline function logDet<T>(count: i32, n: i32, a: usize, signs: usize, logarithms: usize, scratch: usize): void {
  for (let each = 0; each < count; each++) {
    widen<T>(a, n * n, scratch)
    const isFinite = isWhole(scratch, n * n)
    let sign: f64 = isFinite ? <f64>luSolve(scratch, n, scratch, 0) : NaN
    let logarithm: f64 = isFinite ? 0 : NaN
    // Behind a pivot of 0 elimination has nothing but NaN to offer.
    for (let i = 0; i < n && sign != 0; i++) {
      const pivot = get(scratch, i * n + i)
      sign = pivot > 0 ? sign : pivot < 0 ? -sign : pivot == 0 ? 0 : NaN
      logarithm += log(abs<f64>(pivot))
    }
    store<T>(signs, <T>sign)
    store<T>(logarithms, <T>logarithm)
    a += <usize>(n * n) * sizeof<T>()
    signs += sizeof<T>()
    logarithms += sizeof<T>()
  }
}
