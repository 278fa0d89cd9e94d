import jStat from 'jstat'
import { mean, standardDeviation } from './statistics.ts'

/** How likely differences at least as far from 0 are where there is none, two-sided; `null` where it cannot be told. */
export type PValue = number | null

/** Student's t test of paired differences. `null` for fewer than two, or where they do not differ among themselves. */
export function pairedT(differences: readonly number[]): PValue {
  const spread = standardDeviation(differences)
  if (spread === null || spread === 0) return null
  const t = mean(differences) / (spread / Math.sqrt(differences.length))
  // Within 1e-7 of the exact value, on either side: 2 · 0.5 came out above 1.
  return Math.min(1, 2 * jStat.studentt.cdf(-Math.abs(t), differences.length - 1))
}

/** 2^16 sign patterns take a few milliseconds. */
const mostPairs = 16

/**
 * The exact sign-flip permutation test: the share of all 2^n patterns of signs whose sum is at least as far from 0.
 * `null` for none or more than 16 differences.
 */
export function signFlip(differences: readonly number[]): PValue {
  const { length } = differences
  if (length === 0 || length > mostPairs) return null
  const sizes = differences.map(Math.abs)
  const observed = Math.abs(differences.reduce((sum, d) => sum + d, 0))
  // Sums of the same numbers in another order may differ in their last digits.
  const rounding = 1e-12 * sizes.reduce((sum, d) => sum + d, 0)
  let atLeast = 0
  for (let pattern = 0; pattern < 2 ** length; pattern++) {
    const sum = sizes.reduce((s, d, i) => s + ((pattern >> i) & 1 ? d : -d), 0)
    if (Math.abs(sum) >= observed - rounding) atLeast++
  }
  return atLeast / 2 ** length
}

/** Holm's correction of p-values for their number: how likely one of them is where there is no difference at all. `null` stays `null` and does not count. */
export function holm(values: readonly PValue[]): PValue[] {
  const known = values.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p)
  const corrected: PValue[] = values.map(() => null)
  let least = 0
  known.forEach(({ p, i }, rank) => {
    least = Math.max(least, Math.min(1, (known.length - rank) * p))
    corrected[i] = least
  })
  return corrected
}
