import { exponential } from '../../../elementary/exponential.ts'
import { blocksOf } from './blocks.ts'
import { dividedDifference } from './divided-difference.ts'
import { approximant } from './pade-approximant.ts'
import { multiply } from './products.ts'
import { halvings, oneNorm, squaringsOf } from './squarings.ts'
import { symmetricEigen } from './symmetric-eigen.ts'
import { matricesIn } from './workspace.ts'

/** Length of the workspace that {@link matrixExponential} needs. */
export const matrixExponentialWorkspace = (n: number): number => 6 * n * n

/**
 * Up to so many squarings a matrix is exponentiated whole: they cost no more than 2⁶ ε of relative error. Beyond, unconnected blocks are
 * exponentiated one by one, so that the squarings that a block of large norm needs do not add rounding errors to one of small norm.
 */
const SQUARINGS_OF_WHOLE = 6

/** More squarings leave no digit: each doubles the relative error ε of what it squares. */
const MOST_SQUARINGS = 52

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

/** The exponential of one block, upper triangular or not. */
function blockExponential(
  a: Float64Array,
  n: number,
  isTriangular: boolean,
  out: Float64Array,
  workspace: Float64Array,
): void {
  if (n === 1) {
    out[0] = exponential(a[0])
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
 * By eigenvalues, which is at least as accurate as so many squarings, and often far more so. Where squarings would leave no digit the
 * result is NaN, unless all eigenvalues are below 0 beyond doubt.
 */
function ofSymmetric(
  a: Float64Array,
  n: number,
  isLost: boolean,
  out: Float64Array,
  workspace: Float64Array,
): void {
  const [vectors, scaled] = matricesIn(workspace, n, 2)
  const values = new Float64Array(n)
  symmetricEigen(a, n, values, vectors)
  if (isLost && !(values[n - 1] < n * 2 ** -50 * values[0])) {
    out.fill(Number.NaN)
    return
  }
  for (let k = 0; k < n; k++) {
    const value = exponential(values[k])
    for (let i = 0; i < n; i++) scaled[k * n + i] = value * vectors[i * n + k]
  }
  multiply(vectors, scaled, out, n)
}

/** The diagonal and the one above it of `exp(A / 2ᵏ)`, A upper triangular. */
function renewDiagonals(a: Float64Array, n: number, k: number, out: Float64Array): void {
  const scale = 2 ** -k
  const nodes = new Float64Array(2)
  for (let i = 0; i < n; i++) {
    out[i * n + i] = exponential(a[i * n + i] * scale)
    if (i + 1 === n) break
    nodes[0] = a[i * n + i] * scale
    nodes[1] = a[(i + 1) * n + i + 1] * scale
    const entry = a[i * n + i + 1] * scale
    out[i * n + i + 1] = entry === 0 ? 0 : entry * dividedDifference(EXPONENTIAL, nodes, 2)
  }
}

const EXPONENTIAL = { kind: 'exp', exponent: 0 } as const

/** `out ← out²`. */
function square(out: Float64Array, n: number, workspace: Float64Array): void {
  const copy = workspace.subarray(0, n * n)
  copy.set(out.subarray(0, n * n))
  multiply(copy, copy, out, n)
}
