import { key } from '@facet/tensor'

/** Below this, squares underflow; matrices are scaled to about 1 beforehand. */
const NEGLIGIBLE = 3.054936363499605e-151
const MOST_SWEEPS = 60
/** Components this near in magnitude count as equal when a vector's sign is chosen, as in `eigh`. */
const SIGN_TIE = 1e-8
/** Two settle a vector to rounding, of which the third is for those near others. */
const INVERSE_ITERATIONS = 3

/** Largest eigenvalues, descending, and their orthonormal vectors as rows. */
export interface LargestEigen {
  readonly values: Float64Array
  /** Of the values above a bound, one after the other, each of n numbers. */
  readonly vectors: readonly Float64Array[]
}

/**
 * The k largest eigenvalues of a symmetric matrix, and the vectors of those above `boundOf(largest)`, in steps of O(n²): Householder
 * tridiagonalisation, QL for all values, inverse iteration for the vectors that are asked for. For few of them that is a third of the work of `eigh`, which
 * turns all vectors in every sweep, and no step is long.
 *
 * @param a `[n, n]` row-major, of which the lower triangle counts; overwritten
 */
export function* largestEigen(
  a: Float64Array,
  n: number,
  k: number,
  boundOf: (largest: number) => number,
): Generator<void, LargestEigen, void> {
  const scale = scaleDown(a, n)
  yield
  const [diagonal, off] = [new Float64Array(n), new Float64Array(n)]
  yield* tridiagonalise(a, n, diagonal, off)
  const all = yield* eigenvaluesOf(diagonal.slice(), off.slice(), n)
  const values = all.sort().reverse().slice(0, k)
  const bound = boundOf(values[0] * scale) / scale
  const vectors: Float64Array[] = []
  for (const value of values) {
    if (!(value > bound)) break
    vectors.push(inverseIteration(diagonal, off, n, value, vectors))
    yield
  }
  for (const vector of vectors) {
    reflect(a, n, vector)
    orient(vector)
    yield
  }
  return { values: values.map((value) => value * scale), vectors }
}

/** Divides by a power of two, so that nothing is rounded. */
function scaleDown(a: Float64Array, n: number): number {
  let largest = 0
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(a[i * n + j]))
  const scale = largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest))
  for (let i = 0; i < a.length; i++) a[i] /= scale
  return scale
}

/** A = Q T Qᵀ: rows of a become the reflectors that Q is the product of, with their sizes on the diagonal. */
function* tridiagonalise(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  off: Float64Array,
): Generator<void, void, void> {
  const [vector, product] = [new Float64Array(n), new Float64Array(n)]
  for (let i = n - 1; i > 0; i--) {
    const row = i * n
    for (let j = 0; j < i; j++) vector[j] = a[row + j]
    const size = reflector(vector, i, off)
    diagonal[i] = a[row + i]
    if (size > 0) reflectBothSides(a, n, vector, i, size, product)
    for (let j = 0; j < i; j++) a[row + j] = vector[j]
    a[row + i] = size
    yield
  }
  diagonal[0] = a[0]
  off[0] = 0
}

/** The first `length` entries become v with I − v vᵀ / size mapping them to (0, …, 0, corner); returns the size. */
function reflector(v: Float64Array, length: number, off: Float64Array): number {
  const last = length - 1
  off[length] = v[last]
  let [largest, squares] = [0, 0]
  for (let k = 0; k < last; k++) largest = Math.max(largest, Math.abs(v[k]))
  if (largest < NEGLIGIBLE) return 0
  for (let k = 0; k <= last; k++) squares += v[k] * v[k]
  const corner = v[last] > 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  const size = squares - v[last] * corner
  off[length] = corner
  v[last] -= corner
  return size
}

/** A ← H A H on the leading block. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  v: Float64Array,
  length: number,
  size: number,
  product: Float64Array,
): void {
  product.fill(0, 0, length)
  for (let j = 0; j < length; j++) {
    const start = j * n
    const vj = v[j]
    let sum = a[start + j] * vj
    for (let k = 0; k < j; k++) {
      const entry = a[start + k]
      sum += entry * v[k]
      product[k] += entry * vj
    }
    product[j] += sum
  }
  let inner = 0
  for (let j = 0; j < length; j++) {
    product[j] /= size
    inner += product[j] * v[j]
  }
  const half = inner / (2 * size)
  for (let j = 0; j < length; j++) product[j] -= half * v[j]
  for (let j = 0; j < length; j++) {
    const start = j * n
    const [vj, pj] = [v[j], product[j]]
    for (let k = 0; k <= j; k++) a[start + k] -= vj * product[k] + pj * v[k]
  }
}

/** All eigenvalues of T, by implicit QL with Wilkinson's shift; both arrays are overwritten. */
function* eigenvaluesOf(
  diagonal: Float64Array,
  off: Float64Array,
  n: number,
): Generator<void, Float64Array, void> {
  for (let first = 0; first < n; first++) {
    for (let sweeps = 0; ; sweeps++) {
      const last = blockEnd(diagonal, off, first, n)
      if (last === first) break
      if (sweeps === MOST_SWEEPS) throw new Error(`pca: eigenvalue ${first} of ${n} does not converge`)
      sweep(diagonal, off, first, last)
    }
    if (first % 32 === 0) yield
  }
  return diagonal
}

/** Last index of the unreduced block that starts at `first`. */
function blockEnd(diagonal: Float64Array, off: Float64Array, first: number, n: number): number {
  let last = first
  while (last + 1 < n) {
    const coupling = Math.abs(off[last + 1])
    const neighbours = Math.abs(diagonal[last]) + Math.abs(diagonal[last + 1])
    if (coupling <= Number.EPSILON * neighbours || coupling < NEGLIGIBLE) {
      off[last + 1] = 0
      break
    }
    last++
  }
  return last
}

/** One shifted QL step on first … last. */
function sweep(diagonal: Float64Array, off: Float64Array, first: number, last: number): void {
  const ratio = (diagonal[first + 1] - diagonal[first]) / (2 * off[first + 1])
  const root = Math.sqrt(ratio * ratio + 1)
  const shift = diagonal[first] - off[first + 1] / (ratio >= 0 ? ratio + root : ratio - root)
  let moved = diagonal[last] - shift
  let [cosine, sine, carried] = [1, 1, 0]
  for (let i = last - 1; i >= first; i--) {
    const bulge = sine * off[i + 1]
    const coupling = cosine * off[i + 1]
    const length = Math.sqrt(bulge * bulge + moved * moved)
    if (i + 1 < last) off[i + 2] = length
    if (length === 0) {
      diagonal[i + 1] -= carried
      return
    }
    sine = bulge / length
    cosine = moved / length
    const upper = diagonal[i + 1] - carried
    const slope = (diagonal[i] - upper) * sine + 2 * cosine * coupling
    carried = sine * slope
    diagonal[i + 1] = upper + carried
    moved = cosine * slope - coupling
  }
  diagonal[first] -= carried
  off[first + 1] = moved
}

/** The vector of T's eigenvalue, orthogonal to those that have been found: all of equal values come out. */
function inverseIteration(
  diagonal: Float64Array,
  off: Float64Array,
  n: number,
  value: number,
  found: readonly Float64Array[],
): Float64Array {
  const solve = shiftedSolver(diagonal, off, n, value)
  const x = Float64Array.from(key('pca').child('start', found.length).uniformArray(n), (each) => each - 0.5)
  for (let i = 0; i < INVERSE_ITERATIONS; i++) {
    normalise(x)
    solve(x)
    normalise(x)
    // Twice is enough: what the first leaves is of the size of rounding.
    for (let twice = 0; twice < 2; twice++) for (const other of found) takeAway(x, other)
  }
  normalise(x)
  return x
}

/** Solves (T − value) x = b in place, by elimination with pivots among neighbouring rows; no pivot is below rounding. */
function shiftedSolver(
  diagonal: Float64Array,
  off: Float64Array,
  n: number,
  value: number,
): (x: Float64Array) => void {
  const [u0, u1, u2, factors] = [0, 1, 2, 3].map(() => new Float64Array(n))
  const swapped = new Uint8Array(n)
  let [pivot, next] = [diagonal[0] - value, n > 1 ? off[1] : 0]
  for (let i = 0; i + 1 < n; i++) {
    const below = off[i + 1]
    const [belowDiagonal, belowNext] = [diagonal[i + 1] - value, i + 2 < n ? off[i + 2] : 0]
    if (Math.abs(pivot) >= Math.abs(below)) {
      u0[i] = awayFromZero(pivot)
      u1[i] = next
      factors[i] = below / u0[i]
      pivot = belowDiagonal - factors[i] * next
      next = belowNext
    } else {
      swapped[i] = 1
      u0[i] = below
      u1[i] = belowDiagonal
      u2[i] = belowNext
      factors[i] = pivot / below
      pivot = next - factors[i] * belowDiagonal
      next = -factors[i] * belowNext
    }
  }
  u0[n - 1] = awayFromZero(pivot)
  return (x) => {
    for (let i = 0; i + 1 < n; i++) {
      const [upper, lower] = swapped[i] === 1 ? [x[i + 1], x[i]] : [x[i], x[i + 1]]
      x[i] = upper
      x[i + 1] = lower - factors[i] * upper
    }
    for (let i = n - 1; i >= 0; i--) {
      let rest = x[i]
      if (i + 1 < n) rest -= u1[i] * x[i + 1]
      if (i + 2 < n) rest -= u2[i] * x[i + 2]
      x[i] = rest / u0[i]
    }
  }
}

/** The matrix is scaled to about 1. */
const awayFromZero = (pivot: number): number =>
  Math.abs(pivot) >= Number.EPSILON ? pivot : pivot < 0 ? -Number.EPSILON : Number.EPSILON

function normalise(x: Float64Array): void {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]))
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    x[i] /= largest
    squares += x[i] * x[i]
  }
  const length = Math.sqrt(squares)
  for (let i = 0; i < x.length; i++) x[i] /= length
}

function takeAway(x: Float64Array, direction: Float64Array): void {
  let inner = 0
  for (let i = 0; i < x.length; i++) inner += x[i] * direction[i]
  for (let i = 0; i < x.length; i++) x[i] -= inner * direction[i]
}

/** Q x: from a vector of T to one of A. */
function reflect(a: Float64Array, n: number, x: Float64Array): void {
  for (let i = 1; i < n; i++) {
    const row = i * n
    const size = a[row + i]
    if (!(size > 0)) continue
    let inner = 0
    for (let k = 0; k < i; k++) inner += a[row + k] * x[k]
    inner /= size
    for (let k = 0; k < i; k++) x[k] -= inner * a[row + k]
  }
}

/** The first of the largest components becomes positive. */
function orient(x: Float64Array): void {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]))
  const first = x.findIndex((each) => Math.abs(each) >= largest * (1 - SIGN_TIE))
  if (x[first] < 0) for (let i = 0; i < x.length; i++) x[i] = -x[i]
}
