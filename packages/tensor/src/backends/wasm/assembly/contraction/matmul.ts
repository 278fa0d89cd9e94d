import { Blocking, multiplyShort } from './block-product'
import { dotsShort } from './dots'
import { Scratch, scratch } from './scratch'

/**
 * Sums are nested, so that their rounding errors stay small: up to LONG terms are summed as blocks (KC terms, or DOT_BYTES of a row), more as
 * parts of LONG terms. For 10⁷ terms of float32 the error is below (256 + 64 + 611) · ε/2 of the sum of magnitudes, 256 terms of a block,
 * 64 blocks of a part and 611 parts; 2²⁵ ones add up to 2²⁵, where one running sum stops at 2²⁴.
 */
const LONG: i32 = 16384
/** Rows, and bytes of a row, of a part of a product with more terms, which is added when it is done. */
const PART_ROWS: i32 = 128
const PART_BYTES: usize = 1024

/** c [rows, columns] += part, whose rows follow each other. */
function addPart<T>(rows: i32, columns: i32, part: usize, c: usize, cStep: usize): void {
  for (let i = 0; i < rows; i++, c += cStep) {
    for (let j: usize = 0; j < <usize>columns * sizeof<T>(); j += sizeof<T>(), part += sizeof<T>())
      store<T>(c + j, load<T>(c + j) + load<T>(part))
  }
}

/** c [m, n] (+)= op(a) op(b) of more than {@link LONG} steps, as {@link multiplyShort} says; by {@link dotsShort} where `isDots`. */
function multiplyLong<T>(
  isDots: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cStep: usize,
  add: bool,
  whole: i32,
): void {
  const wide = <i32>(PART_BYTES / sizeof<T>())
  for (let i = 0; i < m; i += PART_ROWS) {
    const rows = min(PART_ROWS, m - i)
    for (let j = 0; j < n; j += wide) {
      const columns = min(wide, n - j)
      const to = c + <usize>i * cStep + <usize>j * sizeof<T>()
      for (let from = 0; from < k; from += LONG) {
        const steps = min(LONG, k - from)
        const aAt = a + <usize>i * aRow + <usize>from * aColumn
        const bAt = b + <usize>from * bRow + <usize>j * bColumn
        const isFirst = from == 0 && !add
        const at = isFirst ? to : scratch + <usize>Scratch.part
        const atStep = isFirst ? cStep : <usize>columns * sizeof<T>()
        if (isDots) dotsShort<T>(rows, columns, steps, aAt, bAt, aRow, at, atStep)
        else multiplyShort<T>(rows, columns, steps, aAt, aRow, aColumn, bAt, bRow, bColumn, at, atStep, false, whole)
        if (!isFirst) addPart<T>(rows, columns, scratch + <usize>Scratch.part, to, cStep)
      }
    }
  }
}

/** c [m, n] (+)= op(a) op(b) of any length, as {@link multiplyShort} says. */
@inline export function multiply<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cStep: usize,
  add: bool,
  whole: i32,
): void {
  if (k <= LONG) multiplyShort<T>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cStep, add, whole)
  else multiplyLong<T>(false, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cStep, add, whole)
}

/**
 * Rows from `row` to `lastRow` and columns from `column` to `lastColumn` of c [m, n]: a rectangle whose first row is even and whose first
 * column is a multiple of 16 has the bits it has in the whole.
 */
// instances: f32 f64
function matmulPart<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  transposeA: bool,
  b: usize,
  transposeB: bool,
  c: usize,
  row: i32,
  lastRow: i32,
  column: i32,
  lastColumn: i32,
): void {
  const element = sizeof<T>()
  const aRow = transposeA ? element : <usize>k * element
  const aColumn = transposeA ? <usize>m * element : element
  const bRow = transposeB ? element : <usize>n * element
  const bColumn = transposeB ? <usize>k * element : element
  const cStep = <usize>n * element
  const rows = lastRow - row
  const columns = lastColumn - column
  const aAt = a + <usize>row * aRow
  const bAt = b + <usize>column * bColumn
  const cAt = c + <usize>row * cStep + <usize>column * element
  const isDots = transposeB && !transposeA && m < Blocking.unpackedRows
  if (isDots && k <= LONG) dotsShort<T>(rows, columns, k, aAt, bAt, aRow, cAt, cStep)
  else if (isDots) multiplyLong<T>(true, rows, columns, k, aAt, aRow, aColumn, bAt, bRow, bColumn, cAt, cStep, false, m)
  else multiply<T>(rows, columns, k, aAt, aRow, aColumn, bAt, bRow, bColumn, cAt, cStep, false, m)
}

/** c [m, n] = op(a) op(b). */
// instances: f32 f64
@inline function matmul<T>(m: i32, n: i32, k: i32, a: usize, transposeA: bool, b: usize, transposeB: bool, c: usize): void {
  matmulPart<T>(m, n, k, a, transposeA, b, transposeB, c, 0, m, 0, n)
}

/** c [m, n] (+)= leftᵀ right, m columns of left [k, …], whose rows are `leftRow` bytes apart. */
// instances: f32 f64
@inline function gradient<T>(m: i32, n: i32, k: i32, left: usize, leftRow: usize, right: usize, c: usize, add: bool): void {
  const row = <usize>n * sizeof<T>()
  multiply<T>(m, n, k, left, sizeof<T>(), leftRow, right, row, sizeof<T>(), c, row, add, m)
}

/**
 * Products `from` to `last` of a plane of `inner` in a row, row by row; their operands are steps of bytes apart, `ao` between rows of
 * the plane and `ai` within a row.
 */
// instances: f32 f64
@inline function matmulBatch<T>(inner: i32, m: i32, n: i32, k: i32, a: usize, ta: bool, b: usize, tb: bool, c: usize, ao: usize, bo: usize, co: usize, ai: usize, bi: usize, ci: usize, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    const o = <usize>(at / inner)
    const i = <usize>(at % inner)
    matmulPart<T>(m, n, k, a + o * ao + i * ai, ta, b + o * bo + i * bi, tb, c + o * co + i * ci, 0, m, 0, n)
  }
}
