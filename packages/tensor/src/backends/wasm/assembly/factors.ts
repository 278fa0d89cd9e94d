import { multiply, scratch } from './matmul'
import { adam, sgd } from './update'

// Updates whose gradient is leftᵀ right, left [k, m], right [k, n]: it exists a piece at a time, within the second-level cache.

/** Elements of a piece: 64 KB in float32. */
const PIECE: i32 = 16384
/** Columns of a piece at most: it has 8 rows then, which the products take two by two. */
const WIDEST: i32 = 2048
/** Behind what the products pack. */
const PIECE_AT: usize = 288 * 1024

// @ts-expect-error: decorator
@inline function columnsOf(n: i32): i32 {
  return max(1, min(n, WIDEST))
}

/** An even number, so that an element has the same bits whatever piece it lies in. */
// @ts-expect-error: decorator
@inline function rowsOf(n: i32): i32 {
  return (PIECE / columnsOf(n)) & ~1
}

/** Into how many pieces a gradient [m, n] falls. */
export function factorPieces(m: i32, n: i32): i32 {
  const rows = rowsOf(n)
  const columns = columnsOf(n)
  return ((m + rows - 1) / rows) * ((n + columns - 1) / columns)
}

// Where a piece lies, one at a time: `makePiece` says it.
let row: i32 = 0
let rows: i32 = 0
let column: i32 = 0
let columns: i32 = 0

/** Multiplies piece number `at` out, and says where it lies. */
function makePiece<T>(m: i32, n: i32, k: i32, left: usize, right: usize, at: i32): void {
  const across = (n + columnsOf(n) - 1) / columnsOf(n)
  row = (at / across) * rowsOf(n)
  rows = min(rowsOf(n), m - row)
  column = (at % across) * columnsOf(n)
  columns = min(columnsOf(n), n - column)
  const size = sizeof<T>()
  const a = left + <usize>row * size
  const b = right + <usize>column * size
  const to = scratch + PIECE_AT
  multiply<T>(rows, columns, k, a, size, <usize>m * size, b, <usize>n * size, size, to, <usize>columns * size, false, rows)
}

/** Rows of the piece that lie in one go in the parameter: all of them where it is as wide. */
// @ts-expect-error: decorator
@inline function runs(n: i32): i32 {
  return columns == n ? 1 : rows
}

// @ts-expect-error: decorator
@inline function adamFactors<T>(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, first: usize, second: usize, rate: T, scale: T, beta1: T, rest1: T, beta2: T, rest2: T, epsilon: T, decay: T, taken: T, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    makePiece<T>(m, n, k, left, right, at)
    const count = (rows * columns) / runs(n)
    for (let i = 0; i < runs(n); i++) {
      const to = (<usize>(row + i) * <usize>n + <usize>column) * sizeof<T>()
      const g = scratch + PIECE_AT + <usize>(i * columns) * sizeof<T>()
      adam<T>(count, x + to, first + to, second + to, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken)
    }
  }
}

// @ts-expect-error: decorator
@inline function sgdFactors<T>(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, velocity: usize, rate: T, momentum: T, decay: T, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    makePiece<T>(m, n, k, left, right, at)
    const count = (rows * columns) / runs(n)
    for (let i = 0; i < runs(n); i++) {
      const to = (<usize>(row + i) * <usize>n + <usize>column) * sizeof<T>()
      const g = scratch + PIECE_AT + <usize>(i * columns) * sizeof<T>()
      sgd<T>(count, x + to, velocity + to, g, rate, momentum, decay)
    }
  }
}

export function adamFactors_f32(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, first: usize, second: usize, rate: f32, scale: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, decay: f32, taken: f32, from: i32, last: i32): void {
  adamFactors<f32>(m, n, k, left, right, x, first, second, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken, from, last)
}
export function adamFactors_f64(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, first: usize, second: usize, rate: f64, scale: f64, beta1: f64, rest1: f64, beta2: f64, rest2: f64, epsilon: f64, decay: f64, taken: f64, from: i32, last: i32): void {
  adamFactors<f64>(m, n, k, left, right, x, first, second, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken, from, last)
}
export function sgdFactors_f32(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, velocity: usize, rate: f32, momentum: f32, decay: f32, from: i32, last: i32): void {
  sgdFactors<f32>(m, n, k, left, right, x, velocity, rate, momentum, decay, from, last)
}
export function sgdFactors_f64(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, velocity: usize, rate: f64, momentum: f64, decay: f64, from: i32, last: i32): void {
  sgdFactors<f64>(m, n, k, left, right, x, velocity, rate, momentum, decay, from, last)
}
