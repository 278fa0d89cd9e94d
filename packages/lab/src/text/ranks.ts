import jStat from 'jstat'
import { midRanks } from './mid-ranks.ts'
import type { PValue } from './paired-tests.ts'
import { mean } from './statistics.ts'

/** How k treatments rank over N blocks, each of which has a value of every one. */
export interface Friedman {
  /** Mean over blocks of the rank of each treatment, 1 for the smallest value. */
  readonly meanRanks: readonly number[]
  /** Of no difference between treatments; `null` where nothing differs in any block. */
  readonly p: PValue
}

/**
 * Friedman's test: χ² of the mean ranks, corrected for ties, with k − 1 degrees of freedom. With few blocks it is conservative (Demšar 2006,
 * section 3.2.2).
 *
 * @param blocks - [N][k], N ≥ 1 and k ≥ 2.
 */
export function friedman(blocks: readonly (readonly number[])[]): Friedman {
  const ranks = blocks.map(midRanks)
  const [count, k] = [blocks.length, blocks[0].length]
  const meanRanks = blocks[0].map((_, j) => mean(ranks.map((row) => row[j])))
  const between = count * meanRanks.reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0)
  const within = ranks.flat().reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0)
  if (within === 0) return { meanRanks, p: null }
  const chiSquare = (count * (k - 1) * between) / within
  return { meanRanks, p: 1 - jStat.chisquare.cdf(chiSquare, k - 1) }
}

/** Critical values of the two-tailed Nemenyi test at 0.05 for k = 2, 3, … 10 treatments: Demšar 2006, Table 5(a). */
const nemenyi = [1.96, 2.343, 2.569, 2.728, 2.85, 2.949, 3.031, 3.102, 3.164]

/** How far apart mean ranks of k treatments over N blocks have to be to differ at 0.05 (Nemenyi); `null` for more than 10 treatments. */
export function criticalDifference(k: number, blocks: number): number | null {
  const q = nemenyi[k - 2]
  return q === undefined ? null : q * Math.sqrt((k * (k + 1)) / (6 * blocks))
}
