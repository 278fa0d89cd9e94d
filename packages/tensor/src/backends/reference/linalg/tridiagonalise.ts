/** Below this, squares underflow; entries are scaled to at most 2 beforehand, so such a row is 0 to working precision. */
const NEGLIGIBLE = 2 ** -500

/**
 * Householder reduction `A = Q T Qᵀ` of a symmetric matrix with entries of magnitude at most 2, last row first.
 *
 * @param a `[n, n]` row-major, lower triangle read, overwritten by `Qᵀ`
 * @param diagonal `[n]`, overwritten by the diagonal of T
 * @param offDiagonal `[n]`, overwritten: `T[i, i − 1]` at i, and 0 at 0
 */
export function tridiagonalise(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  if (n === 0) return
  for (let i = n - 1; i > 0; i--) {
    const row = i * n
    const size = reflector(a, row, i, offDiagonal)
    if (size > 0) reflectBothSides(a, n, row, i, size, offDiagonal)
    // The diagonal entry is final now. Its place keeps the reflector's size for the second pass.
    diagonal[i] = a[row + i]
    a[row + i] = size
  }
  diagonal[0] = a[0]
  offDiagonal[0] = 0
  accumulate(a, n)
}

/**
 * Turns the first `length` entries x of a row into v such that `I − v vᵀ / size` maps x to `(0, …, 0, corner)`, writes
 * the corner at `offDiagonal[length]` and returns the size; 0 says that x already has that form.
 */
function reflector(a: Float64Array, row: number, length: number, offDiagonal: Float64Array): number {
  const last = row + length - 1
  offDiagonal[length] = a[last]
  let largest = 0
  for (let k = row; k < last; k++) largest = Math.max(largest, Math.abs(a[k]))
  if (largest < NEGLIGIBLE) return 0
  let squares = 0
  for (let k = row; k <= last; k++) squares += a[k] * a[k]
  const corner = a[last] > 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  const size = squares - a[last] * corner
  offDiagonal[length] = corner
  a[last] -= corner
  return size
}

/** `A ← H A H` on the leading `length × length` block, `H = I − v vᵀ / size`, v in the row that starts at `row`; uses the first `length` entries of `product`. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  row: number,
  length: number,
  size: number,
  product: Float64Array,
): void {
  product.fill(0, 0, length)
  for (let j = 0; j < length; j++) {
    const start = j * n
    const vj = a[row + j]
    let sum = a[start + j] * vj
    for (let k = 0; k < j; k++) {
      sum += a[start + k] * a[row + k]
      product[k] += a[start + k] * vj
    }
    product[j] += sum
  }
  let inner = 0
  for (let j = 0; j < length; j++) {
    product[j] /= size
    inner += product[j] * a[row + j]
  }
  const half = inner / (2 * size)
  for (let j = 0; j < length; j++) product[j] -= half * a[row + j]
  for (let j = 0; j < length; j++) {
    const start = j * n
    const vj = a[row + j]
    const pj = product[j]
    for (let k = 0; k <= j; k++) a[start + k] -= vj * product[k] + pj * a[row + k]
  }
}

/** Multiplies the stored reflectors out, smallest first, each into the leading block that is already `Qᵀ`. */
function accumulate(a: Float64Array, n: number): void {
  a[0] = 1
  for (let i = 1; i < n; i++) {
    const row = i * n
    const size = a[row + i]
    if (size > 0) {
      for (let r = 0; r < i; r++) {
        const start = r * n
        let dot = 0
        for (let k = 0; k < i; k++) dot += a[start + k] * a[row + k]
        const factor = dot / size
        for (let k = 0; k < i; k++) a[start + k] -= factor * a[row + k]
      }
    }
    a.fill(0, row, row + i)
    for (let r = 0; r < i; r++) a[r * n + i] = 0
    a[row + i] = 1
  }
}
