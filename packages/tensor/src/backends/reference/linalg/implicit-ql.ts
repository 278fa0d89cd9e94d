/** Below this the squares of a rotation's entries underflow; the matrix is scaled to entries of about 1 beforehand. */
const NEGLIGIBLE = 2 ** -500

/** Sweeps per eigenvalue: 2 is usual, EISPACK gives up at 30. */
const MAX_SWEEPS = 60

/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QL with Wilkinson's shift, in no order; every rotation is
 * also applied to the rows of `rows`, which turns `Qᵀ` into the transposed eigenvectors.
 *
 * @param diagonal `[n]`, overwritten by the eigenvalues
 * @param offDiagonal `[n]`, `T[i, i − 1]` at i; destroyed
 * @param rows `[n, n]` row-major
 * @throws if a sweep does not converge, which no finite matrix is known to cause
 */
export function implicitQL(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rows: Float64Array,
  n: number,
): void {
  for (let first = 0; first < n; first++) {
    for (let sweeps = 0; ; sweeps++) {
      const last = blockEnd(diagonal, offDiagonal, first, n)
      if (last === first) break
      if (sweeps === MAX_SWEEPS) {
        throw new Error(`eigh: expected eigenvalue ${first} within ${MAX_SWEEPS} sweeps, got no convergence`)
      }
      sweep(diagonal, offDiagonal, rows, n, first, last)
    }
  }
}

/** Last index of the unreduced block that starts at `first`; the coupling it ends at is set to 0. */
function blockEnd(diagonal: Float64Array, offDiagonal: Float64Array, first: number, n: number): number {
  let last = first
  while (last + 1 < n) {
    const neighbours = Math.abs(diagonal[last]) + Math.abs(diagonal[last + 1])
    const coupling = Math.abs(offDiagonal[last + 1])
    if (coupling <= Number.EPSILON * neighbours || coupling < NEGLIGIBLE) {
      offDiagonal[last + 1] = 0
      break
    }
    last++
  }
  return last
}

/** One shifted QL step on `first…last`: the bulge is chased from the bottom up. */
function sweep(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rows: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  const shift = wilkinsonShift(diagonal[first], diagonal[first + 1], offDiagonal[first + 1])
  let moved = diagonal[last] - shift
  let cosine = 1
  let sine = 1
  let carried = 0
  for (let i = last - 1; i >= first; i--) {
    const bulge = sine * offDiagonal[i + 1]
    const coupling = cosine * offDiagonal[i + 1]
    const length = Math.sqrt(bulge * bulge + moved * moved)
    if (i + 1 < last) offDiagonal[i + 2] = length
    if (length === 0) {
      // The matrix has split here: undo the pending shift and let the next sweep find the smaller block.
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
    rotateRows(rows, i * n, (i + 1) * n, n, cosine, sine)
  }
  diagonal[first] -= carried
  offDiagonal[first + 1] = moved
}

/** The eigenvalue of `[[a, c], [c, b]]` nearer to a. */
function wilkinsonShift(a: number, b: number, c: number): number {
  const ratio = (b - a) / (2 * c)
  const root = Math.sqrt(ratio * ratio + 1)
  return a - c / (ratio >= 0 ? ratio + root : ratio - root)
}

function rotateRows(
  rows: Float64Array,
  upper: number,
  lower: number,
  n: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < n; k++) {
    const below = rows[lower + k]
    const above = rows[upper + k]
    rows[lower + k] = sine * above + cosine * below
    rows[upper + k] = cosine * above - sine * below
  }
}
