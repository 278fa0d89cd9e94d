import { multiply } from './products.ts'
import { matricesIn } from './workspace.ts'

/** Largest 1-norm at which the approximant is exact to double precision (Higham 2005, Table 2.3). */
const THETA_13 = 5.371920351148152

/** Norm up to which tenth powers are within the range of numbers. */
const LARGEST_OF_POWERS = 1e30

/** 1 / (C(26, 13) · 27!), the first coefficient of the approximant's backward error (Al-Mohy & Higham 2009, Eq. 3.8 and 5.1). */
const FIRST_ERROR = 8.830098664012178e-36

/** How often a norm is halved until the approximant is exact. */
export function halvings(norm: number): number {
  let count = 0
  for (let scaled = norm; scaled > THETA_13; scaled /= 2) count++
  return count
}

/**
 * How often a matrix is halved, by the norms of its powers (Al-Mohy & Higham 2009, Alg. 5.1), or by its own where its tenth power would
 * overflow; the workspace holds 4 matrices.
 */
export function squaringsOf(a: Float64Array, n: number, workspace: Float64Array): number {
  const norm = oneNorm(a, n)
  const byNorm = halvings(norm)
  if (norm > LARGEST_OF_POWERS) return byNorm
  const [a2, a4, a6, product] = matricesIn(workspace, n, 4)
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

/** Largest column sum of magnitudes. */
export function oneNorm(a: Float64Array, n: number): number {
  let norm = 0
  for (let j = 0; j < n; j++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += Math.abs(a[i * n + j])
    norm = Math.max(norm, sum)
  }
  return norm
}
