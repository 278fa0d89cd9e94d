import { duration, threeDigits } from '../../src/report/format.ts'
import type { CaseResult } from '../../src/report/results.ts'

/** One way of one contender in one case, as tables show it. */
export interface Line {
  /** The base's time, or a ratio. */
  readonly value: string
  /** 95 % of the ratio, empty for the base. */
  readonly interval: string
  /** Empty where a contender has one way. */
  readonly variant: string
}

/** What a contender has in a case: its ways, or why it has none. */
export function cellOf(
  contender: string,
  { timings, omitted }: CaseResult,
): { lines: readonly Line[]; reason: string } {
  const isOwn = ({ entry }: { entry: string }) => entry === contender || entry.startsWith(`${contender} `)
  const lines = timings.filter(isOwn).map(({ entry, ratio, medianSeconds }) => ({
    value: ratio === null ? duration(medianSeconds) : `${threeDigits(ratio.value)} ×`,
    interval: ratio === null ? '' : `[${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`,
    variant: entry.slice(contender.length + 1),
  }))
  return { lines, reason: omitted.find(isOwn)?.reason ?? '' }
}
