import { type PValue, pairedT, signFlip } from '../text/paired-tests.ts'
import { mean, standardDeviation } from '../text/statistics.ts'

/** How a model's errors compare with another's over paired runs: those of one number start from equal weights and data. */
export interface Comparison {
  /** Mean error less that of the other; below 0 is better. */
  readonly difference: number
  /** The same as a share of the other's. */
  readonly relative: number
  /** Standard deviation of the differences; `null` for one run. */
  readonly spread: number | null
  /** Runs whose error is below that of the other's run of the same number. */
  readonly wins: number
  readonly runs: number
  /** Whether the means are farther apart than the larger of the two standard deviations; `null` for one run. */
  readonly beyondSpread: boolean | null
  readonly pairedT: PValue
  readonly signFlip: PValue
}

/** `null` where either of the two has no result, or one of them not for every run. */
export function compare(errors: readonly number[], other: readonly number[]): Comparison | null {
  if (errors.length === 0 || errors.length !== other.length) return null
  const differences = errors.map((error, run) => error - other[run])
  const difference = mean(differences)
  const spreads = [standardDeviation(errors), standardDeviation(other)]
  return {
    difference,
    relative: difference / mean(other),
    spread: standardDeviation(differences),
    wins: differences.filter((d) => d < 0).length,
    runs: differences.length,
    beyondSpread: spreads.includes(null) ? null : Math.abs(difference) > Math.max(...(spreads as number[])),
    pairedT: pairedT(differences),
    signFlip: signFlip(differences),
  }
}
