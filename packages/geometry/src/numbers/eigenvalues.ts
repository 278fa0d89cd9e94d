/** Real and imaginary parts. */
export interface Eigenvalues {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** Steps for one eigenvalue, at most; two or three are usual. */
const MOST_STEPS = 300

/** Every so many steps without a split an unusual shift breaks a cycle. */
const STALLED = 10

/**
 * The eigenvalues of a general real matrix, in no order: balanced by powers of two, brought to Hessenberg form by Householder reflections, then
 * Francis's QR steps with double shifts, all orthogonal, so that they are those of a matrix within a few roundings of the given one (Golub & Van
 * Loan, "Matrix Computations", 7.4 and 7.5). A simple eigenvalue is then right to about its condition number times ε ‖A‖; one of k
 * that coincide in one Jordan block only to the k-th root of that.
 *
 * @param matrix [n, n], finite, the largest number around 1; overwritten
 * @returns pairs of conjugates one after another, the one above the real axis first; NaN where the steps did not end.
 */
export function eigenvalues(matrix: Float64Array, n: number): Eigenvalues {
  balance(matrix, n)
  toHessenberg(matrix, n)
  return ofHessenberg(matrix, n)
}

/** Rows and columns scaled by powers of two until they are about as long as each other: nothing is rounded (Osborne 1960). */
function balance(a: Float64Array, n: number): void {
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (let i = 0; i < n; i++) {
      let [row, column] = [0, 0]
      for (let j = 0; j < n; j++) {
        if (j === i) continue
        row += Math.abs(a[i * n + j])
        column += Math.abs(a[j * n + i])
      }
      if (row === 0 || column === 0) continue
      const factor = 2 ** Math.round(Math.log2(row / column) / 2)
      if (!(column * factor + row / factor < 0.95 * (column + row))) continue
      isSettled = false
      for (let j = 0; j < n; j++) {
        a[i * n + j] /= factor
        a[j * n + i] *= factor
      }
    }
  }
}

/** Zeros below the first subdiagonal, by reflections from both sides. */
function toHessenberg(a: Float64Array, n: number): void {
  const v = new Float64Array(n)
  for (let k = 0; k < n - 2; k++) {
    let square = 0
    for (let i = k + 1; i < n; i++) square += (v[i] = a[i * n + k]) ** 2
    const head = v[k + 1]
    if (square === head * head) continue
    const size = head > 0 ? -Math.sqrt(square) : Math.sqrt(square)
    v[k + 1] = head - size
    const half = square - head * size
    for (let j = k; j < n; j++) {
      let product = 0
      for (let i = k + 1; i < n; i++) product += v[i] * a[i * n + j]
      const share = product / half
      for (let i = k + 1; i < n; i++) a[i * n + j] -= share * v[i]
    }
    for (let i = 0; i < n; i++) {
      let product = 0
      for (let j = k + 1; j < n; j++) product += a[i * n + j] * v[j]
      const share = product / half
      for (let j = k + 1; j < n; j++) a[i * n + j] -= share * v[j]
    }
    for (let i = k + 2; i < n; i++) a[i * n + k] = 0
  }
}

function ofHessenberg(a: Float64Array, n: number): Eigenvalues {
  const found = { real: new Float64Array(n), imaginary: new Float64Array(n) }
  let size = 0
  for (let i = 0; i < n * n; i++) size = Math.max(size, Math.abs(a[i]))
  let high = n - 1
  let steps = 0
  while (high >= 0) {
    const low = lastSplit(a, n, high, size)
    if (low === high) {
      found.real[high] = a[high * (n + 1)]
      high--
      steps = 0
    } else if (low === high - 1) {
      takePair(a, n, low, found)
      high -= 2
      steps = 0
    } else if (steps++ < MOST_STEPS) francisStep(a, n, low, high, steps % STALLED === 0)
    else {
      found.real.fill(Number.NaN, 0, high + 1)
      found.imaginary.fill(Number.NaN, 0, high + 1)
      return found
    }
  }
  return found
}

/** The first row of the block that ends at `high` and does not fall apart: its subdiagonal numbers are not lost beside their neighbours. */
function lastSplit(a: Float64Array, n: number, high: number, size: number): number {
  for (let k = high; k > 0; k--) {
    const around = Math.abs(a[k * (n + 1)]) + Math.abs(a[(k - 1) * (n + 1)])
    if (Math.abs(a[k * n + k - 1]) <= Number.EPSILON * (around === 0 ? size : around)) {
      a[k * n + k - 1] = 0
      return k
    }
  }
  return 0
}

/** The eigenvalues of the 2 × 2 block at `k`. */
function takePair(a: Float64Array, n: number, k: number, { real, imaginary }: Eigenvalues): void {
  const [p, q, r, s] = [a[k * n + k], a[k * n + k + 1], a[(k + 1) * n + k], a[(k + 1) * n + k + 1]]
  const half = (p - s) / 2
  const square = half * half + q * r
  const root = Math.sqrt(Math.abs(square))
  if (square < 0) {
    real.fill(s + half, k, k + 2)
    imaginary[k] = root
    imaginary[k + 1] = -root
    return
  }
  // The one farther out by a sum of like signs, the other so that nothing cancels.
  const far = half + (half < 0 ? -root : root)
  real[k] = s + far
  real[k + 1] = far === 0 ? s : s - (q * r) / far
}

/** One implicit step with both shifts, on the rows and columns of one block. */
function francisStep(a: Float64Array, n: number, low: number, high: number, isStalled: boolean): void {
  const at = (i: number, j: number) => a[i * n + j]
  let [trace, determinant] = [
    at(high - 1, high - 1) + at(high, high),
    at(high - 1, high - 1) * at(high, high) - at(high - 1, high) * at(high, high - 1),
  ]
  if (isStalled) {
    const away = Math.abs(at(high, high - 1)) + Math.abs(at(high - 1, high - 2))
    trace = 2 * at(high, high) + 1.5 * away
    determinant = at(high, high) ** 2 + 1.5 * away * at(high, high) + away * away
  }
  let x = at(low, low) ** 2 + at(low, low + 1) * at(low + 1, low) - trace * at(low, low) + determinant
  let y = at(low + 1, low) * (at(low, low) + at(low + 1, low + 1) - trace)
  let z = at(low + 1, low) * at(low + 2, low + 1)
  for (let k = low; k < high; k++) {
    const isLast = k === high - 1
    if (isLast) z = 0
    const scale = Math.abs(x) + Math.abs(y) + Math.abs(z)
    if (scale !== 0) {
      const [u, v, w] = [x / scale, y / scale, z / scale]
      const length = Math.sqrt(u * u + v * v + w * w)
      const first = u + (u < 0 ? -length : length)
      const reflection = [1, v / first, w / first, Math.abs(first) / length]
      reflectBoth(a, n, low, high, k, isLast ? 2 : 3, reflection)
      if (k > low) for (let i = k + 1; i < Math.min(k + 3, high + 1); i++) a[i * n + k - 1] = 0
    }
    x = at(k + 1, k)
    y = k + 2 <= high ? at(k + 2, k) : 0
    z = k + 3 <= high ? at(k + 3, k) : 0
  }
}

/** I − β v vᵀ from the left and from the right, v of two or three numbers from row k on, the first of them 1. */
function reflectBoth(
  a: Float64Array,
  n: number,
  low: number,
  high: number,
  k: number,
  width: number,
  [, v, w, beta]: readonly number[],
): void {
  const isThree = width === 3
  for (let j = Math.max(k - 1, low); j <= high; j++) {
    const [p, q, r] = [k * n + j, (k + 1) * n + j, (k + 2) * n + j]
    const share = beta * (a[p] + v * a[q] + (isThree ? w * a[r] : 0))
    a[p] -= share
    a[q] -= share * v
    if (isThree) a[r] -= share * w
  }
  const end = Math.min(k + 3, high)
  for (let i = low; i <= end; i++) {
    const p = i * n + k
    const share = beta * (a[p] + v * a[p + 1] + (isThree ? w * a[p + 2] : 0))
    a[p] -= share
    a[p + 1] -= share * v
    if (isThree) a[p + 2] -= share * w
  }
}
