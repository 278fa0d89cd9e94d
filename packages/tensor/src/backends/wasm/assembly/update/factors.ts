import { multiply } from '../contraction/matmul'
import { Scratch, scratch } from '../contraction/scratch'
import { adam, sgd } from './update'

// Updates whose gradient is leftᵀ right, left [k, m], right [k, n]: it exists a piece at a time, within the second-level cache.

/** Elements of a piece: 64 KB in float32. */
const PIECE: i32 = 16384
/** Columns of a piece at most: it has 8 rows then, which the products take two by two. */
const WIDEST: i32 = 2048

@inline function columnsOf(n: i32): i32 {
  return max(1, min(n, WIDEST))
}

/** An even number, so that an element has the same bits whatever piece it lies in. */
@inline function rowsOf(n: i32): i32 {
  return (PIECE / columnsOf(n)) & ~1
}

/** Into how many pieces a gradient [m, n] falls. */
export function factorPieces(m: i32, n: i32): i32 {
  const rows = rowsOf(n)
  const columns = columnsOf(n)
  return ((m + rows - 1) / rows) * ((n + columns - 1) / columns)
}

// Where the piece lies that `makePiece` has made last.
let row: i32 = 0
let rows: i32 = 0
let column: i32 = 0
let columns: i32 = 0

/** Multiplies piece number `at` out, and sets where it lies. */
function makePiece<T>(m: i32, n: i32, k: i32, left: usize, right: usize, at: i32): void {
  const across = (n + columnsOf(n) - 1) / columnsOf(n)
  row = (at / across) * rowsOf(n)
  rows = min(rowsOf(n), m - row)
  column = (at % across) * columnsOf(n)
  columns = min(columnsOf(n), n - column)
  const size = sizeof<T>()
  const a = left + <usize>row * size
  const b = right + <usize>column * size
  const to = scratch + <usize>Scratch.piece
  multiply<T>(rows, columns, k, a, size, <usize>m * size, b, <usize>n * size, size, to, <usize>columns * size, false, rows)
}

/** How many ranges of the parameter the piece covers: one where it is as wide as the parameter, else one for each row. */
@inline function runs(n: i32): i32 {
  return columns == n ? 1 : rows
}

// instances: f32 f64
@inline function adamFactors<T>(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, first: usize, second: usize, rate: T, scale: T, beta1: T, rest1: T, beta2: T, rest2: T, epsilon: T, decay: T, taken: T, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    makePiece<T>(m, n, k, left, right, at)
    const count = (rows * columns) / runs(n)
    for (let i = 0; i < runs(n); i++) {
      const to = (<usize>(row + i) * <usize>n + <usize>column) * sizeof<T>()
      const g = scratch + <usize>Scratch.piece + <usize>(i * columns) * sizeof<T>()
      adam<T>(count, x + to, first + to, second + to, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken)
    }
  }
}

// instances: f32 f64
@inline function sgdFactors<T>(m: i32, n: i32, k: i32, left: usize, right: usize, x: usize, velocity: usize, rate: T, momentum: T, decay: T, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    makePiece<T>(m, n, k, left, right, at)
    const count = (rows * columns) / runs(n)
    for (let i = 0; i < runs(n); i++) {
      const to = (<usize>(row + i) * <usize>n + <usize>column) * sizeof<T>()
      const g = scratch + <usize>Scratch.piece + <usize>(i * columns) * sizeof<T>()
      sgd<T>(count, x + to, velocity + to, g, rate, momentum, decay)
    }
  }
}
