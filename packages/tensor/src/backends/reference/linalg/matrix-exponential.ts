import { luSolveInPlace } from './lu-solve.ts'
import { multiply } from './products.ts'

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
 * `exp(A)` by scaling and squaring with the [13/13] Padé approximant (Higham, "The scaling and squaring method for
 * the matrix exponential revisited", SIAM J. Matrix Anal. Appl. 26, 2005). A NaN or an infinity makes the result NaN.
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
  let squarings = 0
  for (let scaled = norm; scaled > THETA_13; scaled /= 2) squarings++
  const square = n * n
  const [scaledA, a2, a4, a6, odd, even] = Array.from({ length: 6 }, (_, k) =>
    workspace.subarray(k * square, (k + 1) * square),
  )
  for (let i = 0; i < square; i++) scaledA[i] = a[i] * 2 ** -squarings
  multiply(scaledA, scaledA, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  // odd = A (A⁶ (b₁₃ A⁶ + b₁₁ A⁴ + b₉ A²) + b₇ A⁶ + b₅ A⁴ + b₃ A² + b₁ I), even likewise without the factor A.
  polynomial(a2, a4, a6, 1, out, odd, n)
  multiply(scaledA, odd, out, n)
  odd.set(out.subarray(0, square))
  polynomial(a2, a4, a6, 0, out, even, n)
  for (let i = 0; i < square; i++) {
    out[i] = even[i] + odd[i]
    even[i] -= odd[i]
  }
  luSolveInPlace(even, n, out, n)
  for (let k = 0; k < squarings; k++) {
    odd.set(out.subarray(0, square))
    multiply(odd, odd, out, n)
  }
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
