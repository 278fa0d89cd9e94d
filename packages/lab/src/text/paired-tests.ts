import jStat from 'jstat'
import { midRanks } from './mid-ranks.ts'
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

/** Half of the 2^20 sums take 4 MiB and some 10 ms. */
const mostPairs = 20

/**
 * The exact sign-flip permutation test: the share of all 2^n patterns of signs whose sum is at least as far from 0.
 * `null` for none or more than 20 differences.
 */
export function signFlip(differences: readonly number[]): PValue {
  const { length } = differences
  if (length === 0 || length > mostPairs) return null
  // A pattern and its opposite are as far from 0, so that the first sign may stay.
  const [first, ...others] = differences
  const sums = new Float64Array(2 ** others.length)
  sums[0] = first
  others.forEach((d, i) => {
    const half = 1 << i
    for (let pattern = 0; pattern < half; pattern++) {
      sums[half + pattern] = sums[pattern] - d
      sums[pattern] += d
    }
  })
  // Sums of the same numbers in another order may differ in their last digits.
  const rounding = 1e-12 * differences.reduce((sum, d) => sum + Math.abs(d), 0)
  const observed = Math.abs(sums[0]) - rounding
  let atLeast = 0
  for (const sum of sums) if (Math.abs(sum) >= observed) atLeast++
  return atLeast / sums.length
}

/** The least p that {@link signFlip} of so many differences, and {@link wilcoxonSignedRank} without zeros, can give: all on one side. */
export const leastP = (count: number): number => 2 ** (1 - count)

/**
 * Wilcoxon's signed-rank test (1945) with its exact null distribution, all 2^n patterns of signs given the ranks: differences of 0 are left out,
 * equal sizes share the mean of their ranks. `null` where no difference is left.
 */
export function wilcoxonSignedRank(differences: readonly number[]): PValue {
  const left = differences.filter((d) => d !== 0)
  if (left.length === 0) return null
  // Twice the ranks are whole numbers, ties or not.
  const ranks = midRanks(left.map(Math.abs)).map((rank) => 2 * rank)
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const shares = new Float64Array(total + 1)
  shares[0] = 1
  for (const rank of ranks) {
    for (let sum = total; sum >= 0; sum--) {
      shares[sum] = (shares[sum] + (sum < rank ? 0 : shares[sum - rank])) / 2
    }
  }
  const positive = ranks.reduce((sum, rank, i) => (left[i] > 0 ? sum + rank : sum), 0)
  const distance = Math.abs(2 * positive - total)
  return shares.reduce((p, share, sum) => (Math.abs(2 * sum - total) >= distance ? p + share : p), 0)
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
