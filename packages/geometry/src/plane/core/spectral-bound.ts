import type { SparseMatrix } from '../../numbers/sparse-matrix.ts'
import type { Arena } from './arena.ts'

/** Up to this many rows or columns the Gram matrix is made: 64³ multiplications take 0.1 ms. */
const MOST_ROWS = 256

/**
 * An upper bound of the largest singular value: the least of the Frobenius norm, the root of the largest sums of rows and columns, and the root of the
 * largest sum of a row of the Gram matrix, which is above it by a third for random matrices of 64 rows.
 */
export function spectralBound({ rows, columns, start, column, value }: SparseMatrix, arena: Arena): number {
  const ofRows = new Float64Array(rows)
  const ofColumns = new Float64Array(columns)
  let most = 0
  for (const x of value) most = Math.max(most, Math.abs(x))
  if (most === 0) return 0
  let squares = 0
  for (let i = 0; i < rows; i++)
    for (let k = start[i]; k < start[i + 1]; k++) {
      const x = Math.abs(value[k] / most)
      ofRows[i] += x
      ofColumns[column[k]] += x
      squares += x * x
    }
  let bound = Math.min(squares, largest(ofRows) * largest(ofColumns))
  if (rows <= MOST_ROWS && columns <= MOST_ROWS)
    bound = Math.min(bound, gramBound({ rows, columns, start, column, value }, most, arena))
  return most * Math.sqrt(bound) * (1 + 2 ** -40)
}

function largest(x: Float64Array): number {
  let most = 0
  for (const xi of x) most = Math.max(most, xi)
  return most
}

/** The largest sum of a row of |W Wᵀ| / scale². In JavaScript it takes as long as all else of a first call. */
function gramBound(
  { rows, columns, start, column, value }: SparseMatrix,
  scale: number,
  arena: Arena,
): number {
  const width = columns + (columns & 1)
  const at = arena.take(8 * rows * width)
  const sums = arena.take(8 * rows)
  const { f64, kernels } = arena
  f64.fill(0, at / 8, at / 8 + rows * width)
  let most = 0
  for (let i = 0; i < rows; i++) {
    let squares = 0
    for (let k = start[i]; k < start[i + 1]; k++) {
      const x = value[k] / scale
      squares += x * x
      f64[at / 8 + i * width + column[k]] = x
    }
    most = Math.max(most, squares)
  }
  kernels.gramSums(at, rows, width, sums)
  // Each product may be off by its rounding errors.
  return largest(f64.subarray(sums / 8, sums / 8 + rows)) + rows * columns * 2 ** -50 * most
}
