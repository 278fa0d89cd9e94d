import { triangularFactor } from './triangular-factor.ts'

/** Sweeps over all pairs of columns, at most. Random matrices of 600 columns take 9, hardly anything takes more than 12. */
const MOST_SWEEPS = 60

/** Columns that are so much longer than they are many are made a triangle first: that costs less than one sweep. */
const LONG = 2

/** What {@link jacobiSvd} found. */
export interface JacobiSvd {
  /** Singular values, one for each column, largest first. */
  readonly values: Float64Array
  /** The right-singular vector of each, a row of numbers over the columns; `null` where none were asked for. */
  readonly vectors: Float64Array | null
}

/** How {@link jacobiSvd} goes about it. */
export interface JacobiSvdOptions {
  /**
   * An orthogonal matrix [count, count] whose row k says how column k was mixed out of the columns of the matrix that is meant: vectors
   * are then of that matrix. Overwritten.
   */
  readonly mixed?: Float64Array
  /** Columns up to this length are rounding errors of 0 and are left as they are, for making them orthogonal has no end; default 0. */
  readonly floor?: number
}

/**
 * Singular values of a matrix by one-sided Jacobi rotations: columns are turned in pairs until all are orthogonal, and their lengths are the
 * values (Hestenes 1958). No products of columns are formed but for the angles, so that small values keep their digits: each is right
 * within rounding relative to itself as far as scaling the columns can make the matrix well-conditioned (Demmel & Veselić 1992).
 *
 * @param columns [count, length], columns one after another, the largest number around 1; overwritten
 */
export function jacobiSvd(
  columns: Float64Array,
  count: number,
  length: number,
  { mixed, floor = 0 }: JacobiSvdOptions = {},
): JacobiSvd {
  const isLong = length > LONG * count
  const [a, m] = isLong ? [triangularFactor(columns, count, length), count] : [columns, length]
  const squares = new Float64Array(count)
  for (let j = 0; j < count; j++) squares[j] = dot(a, j * m, j * m, m)
  const tolerance = Math.sqrt(Math.max(m, 1)) * Number.EPSILON
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!turnAll(a, mixed, squares, count, m, tolerance, floor * floor)) break
  }
  return largestFirst(squares.map(Math.sqrt), mixed)
}

/** Values and their vectors, rows, in order. */
export function largestFirst(values: Float64Array, vectors: Float64Array | undefined): JacobiSvd {
  const order = Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j)
  return {
    values: Float64Array.from(order, (j) => values[j]),
    vectors: vectors === undefined ? null : inOrder(vectors, values.length, order),
  }
}

/** Turns every pair once; says whether any was not orthogonal. */
function turnAll(
  a: Float64Array,
  mixed: Float64Array | undefined,
  squares: Float64Array,
  count: number,
  m: number,
  tolerance: number,
  floor: number,
): boolean {
  let turned = false
  for (let p = 0; p < count - 1; p++) {
    for (let q = p + 1; q < count; q++) {
      const [alpha, beta] = [squares[p], squares[q]]
      if (floor > 0 && (alpha <= floor || beta <= floor)) continue
      const gamma = dot(a, p * m, q * m, m)
      if (!(Math.abs(gamma) > tolerance * Math.sqrt(alpha) * Math.sqrt(beta))) continue
      turned = true
      const zeta = (beta - alpha) / (2 * gamma)
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta))
      const c = 1 / Math.hypot(1, t)
      turn(a, p * m, q * m, m, c, c * t)
      squares[p] = dot(a, p * m, p * m, m)
      squares[q] = dot(a, q * m, q * m, m)
      if (mixed !== undefined) turn(mixed, p * count, q * count, count, c, c * t)
    }
  }
  return turned
}

function dot(a: Float64Array, p: number, q: number, m: number): number {
  let [even, odd] = [0, 0]
  let i = 0
  for (; i + 1 < m; i += 2) {
    even += a[p + i] * a[q + i]
    odd += a[p + i + 1] * a[q + i + 1]
  }
  return i < m ? even + odd + a[p + i] * a[q + i] : even + odd
}

function turn(a: Float64Array, p: number, q: number, m: number, c: number, s: number): void {
  for (let i = 0; i < m; i++) {
    const [x, y] = [a[p + i], a[q + i]]
    a[p + i] = c * x - s * y
    a[q + i] = s * x + c * y
  }
}

function inOrder(rows: Float64Array, count: number, order: readonly number[]): Float64Array {
  const sorted = new Float64Array(rows.length)
  order.forEach((j, i) => sorted.set(rows.subarray(j * count, (j + 1) * count), i * count))
  return sorted
}
