import { luSolveInPlace } from './lu-solve.ts'
import { multiply } from './products.ts'
import { matricesIn } from './workspace.ts'

/** Numerator of the [13/13] Padé approximant of exp, scaled to whole numbers (Higham 2005, Sec. 2.3). */
const PADE_13 = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
] as const

/** The [13/13] Padé approximant of `exp(A / 2ˢ)`, s `squarings`; the workspace holds 6 matrices. */
export function approximant(
  a: Float64Array,
  n: number,
  squarings: number,
  out: Float64Array,
  workspace: Float64Array,
): void {
  const size = n * n
  const [scaledA, a2, a4, a6, odd, even] = matricesIn(workspace, n, 6)
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
