import { blocksOf } from './blocks.ts'
import { dividedDifference } from './divided-difference.ts'
import { luSolveInPlace } from './lu-solve.ts'
import { multiply } from './products.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Numerator of the [13/13] Padé approximant of exp, scaled to whole numbers (Higham 2005, Sec. 2.3). */
const PADE_13 = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
] as const

/** Largest 1-norm at which the approximant is exact to double precision (Higham 2005, Table 2.3). */
const THETA_13 = 5.371920351148152

/** Length of the workspace that {@link matrixExponential} needs. */
export const matrixExponentialWorkspace = (n: number): number => 6 * n * n

/**
 * Up to so many squarings a matrix is exponentiated whole: they cost no more than 2⁶ ε of relative error. Beyond, blocks that have
 * nothing to do with each other are taken apart, so that a large one does not cost a small one its digits.
 */
const SQUARINGS_OF_WHOLE = 6

/** More squarings leave no digit: each doubles the relative error ε of what it squares. */
const MOST_SQUARINGS = 52

/** Norm up to which tenth powers are within the range of numbers. */
const LARGEST_OF_POWERS = 1e30

/** 1 / (C(26, 13) · 27!), the first coefficient of the approximant's backward error (Al-Mohy & Higham 2009, Eq. 3.8 and 5.1). */
const FIRST_ERROR = 8.830098664012178e-36

/**
 * `exp(A)` by scaling and squaring with the [13/13] Padé approximant (Higham, "The scaling and squaring method for
 * the matrix exponential revisited", SIAM J. Matrix Anal. Appl. 26, 2005). A NaN or an infinity makes the result NaN.
 *
 * Matrices of large norm are halved as often as the norms of their powers ask for, not their own, which halves nilpotent and far from
 * normal ones too often (Al-Mohy & Higham, "A new scaling and squaring algorithm for the matrix exponential", SIAM J. Matrix Anal.
 * Appl. 31, 2009, Alg. 5.1); unconnected blocks are taken one by one, and of those that are triangular in some order of their
 * rows the diagonal and the entries next to it are computed anew at every squaring (ibid., Code Fragment 2.1).
 *
 * @param a `[n, n]` row-major, left as it is
 * @param out `[n, n]` row-major, overwritten; another array than `a`
 * @param workspace of {@link matrixExponentialWorkspace}`(n)` numbers, overwritten
 */
export function matrixExponential(
  a: Float64Array,
  n: number,
  out: Float64Array,
  workspace: Float64Array = new Float64Array(matrixExponentialWorkspace(n)),
): void {
  const norm = oneNorm(a, n)
  if (!Number.isFinite(norm)) {
    out.fill(Number.NaN, 0, n * n)
    return
  }
  const squarings = halvings(norm)
  if (squarings <= SQUARINGS_OF_WHOLE) {
    approximant(a, n, squarings, out, workspace)
    for (let k = 0; k < squarings; k++) square(out, n, workspace)
    return
  }
  out.fill(0, 0, n * n)
  for (const { rows, isTriangular } of blocksOf(a, n)) {
    const m = rows.length
    const block = Float64Array.from(
      { length: m * m },
      (_, at) => a[rows[Math.floor(at / m)] * n + rows[at % m]],
    )
    const result = new Float64Array(m * m)
    blockExponential(block, m, isTriangular, result, workspace)
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) out[rows[i] * n + rows[j]] = result[i * m + j]
  }
}

/** How often a norm is halved until the approximant is exact. */
function halvings(norm: number): number {
  let count = 0
  for (let scaled = norm; scaled > THETA_13; scaled /= 2) count++
  return count
}

/** The exponential of one block, upper triangular or not. */
function blockExponential(
  a: Float64Array,
  n: number,
  isTriangular: boolean,
  out: Float64Array,
  workspace: Float64Array,
): void {
  if (n === 1) {
    out[0] = Math.exp(a[0])
    return
  }
  const squarings = squaringsOf(a, n, workspace)
  const isLost = squarings > MOST_SQUARINGS
  if (isTriangular || !equalsItsTranspose(a, n)) {
    approximant(a, n, squarings, out, workspace)
    for (let k = squarings; ; k--) {
      if (isTriangular) renewDiagonals(a, n, k, out)
      if (k === 0) break
      square(out, n, workspace)
    }
    if (isLost && !isTriangular) out.fill(Number.NaN)
  } else ofSymmetric(a, n, isLost, out, workspace)
}

function equalsItsTranspose(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (a[i * n + j] !== a[j * n + i]) return false
  return true
}

/**
 * By eigenvalues, which are as accurate as so many squarings at least, and often far more so. Where those would leave no digit the result
 * is NaN, unless all eigenvalues are below 0 beyond doubt.
 */
function ofSymmetric(
  a: Float64Array,
  n: number,
  isLost: boolean,
  out: Float64Array,
  workspace: Float64Array,
): void {
  const [vectors, scaled] = parts(workspace, n, 2)
  const values = new Float64Array(n)
  symmetricEigen(a, n, values, vectors)
  if (isLost && !(values[n - 1] < n * 2 ** -50 * values[0])) {
    out.fill(Number.NaN)
    return
  }
  for (let k = 0; k < n; k++) {
    const value = Math.exp(values[k])
    for (let i = 0; i < n; i++) scaled[k * n + i] = value * vectors[i * n + k]
  }
  multiply(vectors, scaled, out, n)
}

/** The diagonal and the one above it of `exp(A / 2ᵏ)`, A upper triangular. */
function renewDiagonals(a: Float64Array, n: number, k: number, out: Float64Array): void {
  const scale = 2 ** -k
  const nodes = new Float64Array(2)
  for (let i = 0; i < n; i++) {
    out[i * n + i] = Math.exp(a[i * n + i] * scale)
    if (i + 1 === n) break
    nodes[0] = a[i * n + i] * scale
    nodes[1] = a[(i + 1) * n + i + 1] * scale
    const entry = a[i * n + i + 1] * scale
    out[i * n + i + 1] = entry === 0 ? 0 : entry * dividedDifference(EXPONENTIAL, nodes, 2)
  }
}

const EXPONENTIAL = { kind: 'exp', exponent: 0 } as const

/** By the norms of powers where they can be had. */
function squaringsOf(a: Float64Array, n: number, workspace: Float64Array): number {
  const norm = oneNorm(a, n)
  const byNorm = halvings(norm)
  if (norm > LARGEST_OF_POWERS) return byNorm
  const [a2, a4, a6, product] = parts(workspace, n, 4)
  multiply(a, a, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  const d6 = oneNorm(a6, n) ** (1 / 6)
  multiply(a4, a4, product, n)
  const d8 = oneNorm(product, n) ** (1 / 8)
  multiply(a4, a6, product, n)
  const d10 = oneNorm(product, n) ** (1 / 10)
  const least = halvings(Math.min(Math.max(d6, d8), Math.max(d8, d10)))
  // The first term that the approximant lacks, of |A|: ‖|A|²⁷‖ is the largest sum of a column, and those are vector products.
  const scale = 2 ** -least
  let sums = new Float64Array(n).fill(1)
  for (let k = 0; k < 27; k++) {
    const next = new Float64Array(n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) next[j] += sums[i] * Math.abs(a[i * n + j] * scale)
    sums = next
  }
  const missing = FIRST_ERROR * (sums.reduce((x, y) => Math.max(x, y)) / (norm * scale))
  const more = Math.max(0, Math.ceil(Math.log2(missing * 2 ** 53) / 26))
  return Math.min(byNorm, least + (Number.isFinite(more) ? more : byNorm))
}

const parts = (workspace: Float64Array, n: number, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, k) => workspace.subarray(k * n * n, (k + 1) * n * n))

/** `out ← out²`. */
function square(out: Float64Array, n: number, workspace: Float64Array): void {
  const copy = workspace.subarray(0, n * n)
  copy.set(out.subarray(0, n * n))
  multiply(copy, copy, out, n)
}

/** The approximant of `exp(A / 2ˢ)`. */
function approximant(
  a: Float64Array,
  n: number,
  squarings: number,
  out: Float64Array,
  workspace: Float64Array,
): void {
  const size = n * n
  const [scaledA, a2, a4, a6, odd, even] = parts(workspace, n, 6)
  for (let i = 0; i < size; i++) scaledA[i] = a[i] * 2 ** -squarings
  multiply(scaledA, scaledA, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  // odd = A (A⁶ (b₁₃ A⁶ + b₁₁ A⁴ + b₉ A²) + b₇ A⁶ + b₅ A⁴ + b₃ A² + b₁ I), even likewise without the factor A.
  polynomial(a2, a4, a6, 1, out, odd, n)
  multiply(scaledA, odd, out, n)
  odd.set(out.subarray(0, size))
  polynomial(a2, a4, a6, 0, out, even, n)
  for (let i = 0; i < size; i++) {
    out[i] = even[i] + odd[i]
    even[i] -= odd[i]
  }
  luSolveInPlace(even, n, out, n)
}

/** The terms of one parity: `A⁶ (b₁₂₊ A⁶ + b₁₀₊ A⁴ + b₈₊ A²) + b₆₊ A⁶ + b₄₊ A⁴ + b₂₊ A² + b₀₊ I`. */
function polynomial(
  a2: Float64Array,
  a4: Float64Array,
  a6: Float64Array,
  parity: 0 | 1,
  inner: Float64Array,
  out: Float64Array,
  n: number,
): void {
  const b = (degree: number) => PADE_13[degree + parity]
  for (let i = 0; i < n * n; i++) inner[i] = b(12) * a6[i] + b(10) * a4[i] + b(8) * a2[i]
  multiply(a6, inner, out, n)
  for (let i = 0; i < n * n; i++) out[i] += b(6) * a6[i] + b(4) * a4[i] + b(2) * a2[i]
  for (let i = 0; i < n; i++) out[i * n + i] += b(0)
}

/** Largest column sum of magnitudes. */
function oneNorm(a: Float64Array, n: number): number {
  let norm = 0
  for (let j = 0; j < n; j++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += Math.abs(a[i * n + j])
    norm = Math.max(norm, sum)
  }
  return norm
}
