import { at, fillNumbers, get, narrow, set, swap, widen } from '../linear-algebra/matrices'

// Householder tridiagonalisation, then implicit QL with Wilkinson's shift, step by step as the reference backend does: its files
// under linalg/ say why each step is what it is.

/** Below this, squares underflow; entries are scaled to about 1 beforehand. */
const NEGLIGIBLE: f64 = 3.054936363499605e-151
const EPSILON: f64 = 2.220446049250313e-16
const MOST_SWEEPS = 60
/** Components this near in magnitude count as equal when a vector's sign is chosen. */
const SIGN_TIE: f64 = 1e-8

/** (A + Aᵀ)/2 in place; the largest magnitude, NaN or ∞ if there is one. */
function symmetricPart(a: usize, n: i32): f64 {
  let largest: f64 = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = get(a, i * n + j) / 2 + get(a, j * n + i) / 2
      set(a, i * n + j, entry)
      set(a, j * n + i, entry)
      largest = max<f64>(largest, abs<f64>(entry))
    }
  }
  return largest
}

function powerOfTwoNear(magnitude: f64): f64 {
  let power: f64 = 1
  if (magnitude == 0) return power
  while (power < magnitude / 2) power *= 2
  while (power / 2 >= magnitude) power /= 2
  return power
}

/** The first `length` entries of a row become v with I − v vᵀ / size mapping them to (0, …, 0, corner); returns the size. */
function reflector(a: usize, row: i32, length: i32, off: usize): f64 {
  const last = row + length - 1
  set(off, length, get(a, last))
  let largest: f64 = 0
  for (let k = row; k < last; k++) largest = max<f64>(largest, abs<f64>(get(a, k)))
  if (largest < NEGLIGIBLE) return 0
  let squares: f64 = 0
  for (let k = row; k <= last; k++) squares += get(a, k) * get(a, k)
  const corner = get(a, last) > 0 ? -sqrt<f64>(squares) : sqrt<f64>(squares)
  const size = squares - get(a, last) * corner
  set(off, length, corner)
  set(a, last, get(a, last) - corner)
  return size
}

/** A ← H A H on the leading block. */
function reflectBothSides(a: usize, n: i32, row: i32, length: i32, size: f64, product: usize): void {
  fillNumbers(product, length, 0)
  for (let j = 0; j < length; j++) {
    const start = j * n
    const vj = get(a, row + j)
    let sum = get(a, start + j) * vj
    for (let k = 0; k < j; k++) {
      sum += get(a, start + k) * get(a, row + k)
      set(product, k, get(product, k) + get(a, start + k) * vj)
    }
    set(product, j, get(product, j) + sum)
  }
  let inner: f64 = 0
  for (let j = 0; j < length; j++) {
    set(product, j, get(product, j) / size)
    inner += get(product, j) * get(a, row + j)
  }
  const half = inner / (2 * size)
  for (let j = 0; j < length; j++) set(product, j, get(product, j) - half * get(a, row + j))
  for (let j = 0; j < length; j++) {
    const start = j * n
    const vj = get(a, row + j)
    const pj = get(product, j)
    for (let k = 0; k <= j; k++)
      set(a, start + k, get(a, start + k) - (vj * get(product, k) + pj * get(a, row + k)))
  }
}

/** Multiplies the stored reflectors out, into the leading block that is already Qᵀ. */
function accumulate(a: usize, n: i32): void {
  set(a, 0, 1)
  for (let i = 1; i < n; i++) {
    const row = i * n
    const size = get(a, row + i)
    if (size > 0) {
      for (let r = 0; r < i; r++) {
        const start = r * n
        let dot: f64 = 0
        for (let k = 0; k < i; k++) dot += get(a, start + k) * get(a, row + k)
        const factor = dot / size
        for (let k = 0; k < i; k++) set(a, start + k, get(a, start + k) - factor * get(a, row + k))
      }
    }
    fillNumbers(at(a, row), i, 0)
    for (let r = 0; r < i; r++) set(a, r * n + i, 0)
    set(a, row + i, 1)
  }
}

/** A = Q T Qᵀ: a becomes Qᵀ. */
function tridiagonalise(a: usize, n: i32, diagonal: usize, off: usize): void {
  for (let i = n - 1; i > 0; i--) {
    const row = i * n
    const size = reflector(a, row, i, off)
    if (size > 0) reflectBothSides(a, n, row, i, size, off)
    set(diagonal, i, get(a, row + i))
    set(a, row + i, size)
  }
  set(diagonal, 0, get(a, 0))
  set(off, 0, 0)
  accumulate(a, n)
}

/** Last index of the unreduced block that starts at `first`. */
function blockEnd(diagonal: usize, off: usize, first: i32, n: i32): i32 {
  let last = first
  while (last + 1 < n) {
    const neighbours = abs<f64>(get(diagonal, last)) + abs<f64>(get(diagonal, last + 1))
    const coupling = abs<f64>(get(off, last + 1))
    if (coupling <= EPSILON * neighbours || coupling < NEGLIGIBLE) {
      set(off, last + 1, 0)
      break
    }
    last++
  }
  return last
}

function rotateRows(rows: usize, upper: i32, lower: i32, n: i32, cosine: f64, sine: f64): void {
  for (let k = 0; k < n; k++) {
    const below = get(rows, lower + k)
    const above = get(rows, upper + k)
    set(rows, lower + k, sine * above + cosine * below)
    set(rows, upper + k, cosine * above - sine * below)
  }
}

/** The eigenvalue of [[a, c], [c, b]] nearer to a. */
function wilkinsonShift(a: f64, b: f64, c: f64): f64 {
  const ratio = (b - a) / (2 * c)
  const root = sqrt<f64>(ratio * ratio + 1)
  return a - c / (ratio >= 0 ? ratio + root : ratio - root)
}

/** One shifted QL step on first … last. */
function sweep(diagonal: usize, off: usize, rows: usize, n: i32, first: i32, last: i32): void {
  const shift = wilkinsonShift(get(diagonal, first), get(diagonal, first + 1), get(off, first + 1))
  let moved = get(diagonal, last) - shift
  let cosine: f64 = 1
  let sine: f64 = 1
  let carried: f64 = 0
  for (let i = last - 1; i >= first; i--) {
    const bulge = sine * get(off, i + 1)
    const coupling = cosine * get(off, i + 1)
    const length = sqrt<f64>(bulge * bulge + moved * moved)
    if (i + 1 < last) set(off, i + 2, length)
    if (length == 0) {
      set(diagonal, i + 1, get(diagonal, i + 1) - carried)
      return
    }
    sine = bulge / length
    cosine = moved / length
    const upper = get(diagonal, i + 1) - carried
    const slope = (get(diagonal, i) - upper) * sine + 2 * cosine * coupling
    carried = sine * slope
    set(diagonal, i + 1, upper + carried)
    moved = cosine * slope - coupling
    rotateRows(rows, i * n, (i + 1) * n, n, cosine, sine)
  }
  set(diagonal, first, get(diagonal, first) - carried)
  set(off, first + 1, moved)
}

/** Index of an eigenvalue that does not converge, which no finite matrix is known to have; −1 for none. */
function implicitQL(diagonal: usize, off: usize, rows: usize, n: i32): i32 {
  for (let first = 0; first < n; first++) {
    for (let sweeps = 0; ; sweeps++) {
      const last = blockEnd(diagonal, off, first, n)
      if (last == first) break
      if (sweeps == MOST_SWEEPS) return first
      sweep(diagonal, off, rows, n, first, last)
    }
  }
  return -1
}

function sortAscending(values: usize, rows: usize, n: i32): void {
  for (let k = 0; k < n - 1; k++) {
    let least = k
    for (let i = k + 1; i < n; i++) if (get(values, i) < get(values, least)) least = i
    if (least == k) continue
    swap(values, k, least)
    for (let c = 0; c < n; c++) swap(rows, k * n + c, least * n + c)
  }
}

/** The first of the largest components becomes positive. */
function orient(vector: usize, n: i32): void {
  let largest: f64 = 0
  for (let c = 0; c < n; c++) largest = max<f64>(largest, abs<f64>(get(vector, c)))
  let first = 0
  while (abs<f64>(get(vector, first)) < largest * (1 - SIGN_TIE)) first++
  if (get(vector, first) > 0) return
  for (let c = 0; c < n; c++) set(vector, c, -get(vector, c))
}

/** Eigenvalues and, in place of the matrix, eigenvectors as columns. */
export function decompose(a: usize, n: i32, values: usize, off: usize): i32 {
  const largest = symmetricPart(a, n)
  if (!isFinite<f64>(largest)) {
    fillNumbers(values, n, NaN)
    fillNumbers(a, n * n, NaN)
    return -1
  }
  const scale = powerOfTwoNear(largest)
  for (let i = 0; i < n * n; i++) set(a, i, get(a, i) / scale)
  // From here to the transposition vector k is row k.
  tridiagonalise(a, n, values, off)
  const failed = implicitQL(values, off, a, n)
  if (failed >= 0) return failed
  sortAscending(values, a, n)
  for (let k = 0; k < n; k++) {
    set(values, k, get(values, k) * scale)
    orient(at(a, k * n), n)
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) swap(a, i * n + j, j * n + i)
  return -1
}

/** `workspace` has room for n · (n + 2) numbers in float64; −1, or the eigenvalue that does not converge. */
// instances: f32 f64
@inline function eigh<T>(count: i32, n: i32, a: usize, values: usize, vectors: usize, workspace: usize): i32 {
  const diagonal = at(workspace, n * n)
  for (let i = 0; i < count; i++) {
    widen<T>(a, n * n, workspace)
    const failed = decompose(workspace, n, diagonal, at(diagonal, n))
    if (failed >= 0) return failed
    narrow<T>(diagonal, n, values)
    narrow<T>(workspace, n * n, vectors)
    a += <usize>(n * n) * sizeof<T>()
    vectors += <usize>(n * n) * sizeof<T>()
    values += <usize>n * sizeof<T>()
  }
  return -1
}
