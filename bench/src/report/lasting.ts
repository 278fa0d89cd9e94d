import { duration, markdownTable, threeDigits } from './format.ts'
import type { LastingResult } from './results.ts'

/** Of the speed of the first steps that must be left. */
export const lastingTarget = 0.95

export const lastingVerdict = ({ ratio }: LastingResult): 'met' | 'missed' =>
  ratio.value >= lastingTarget ? 'met' : 'missed'

export function lastingTable(results: readonly LastingResult[]): string {
  const rows = results.map((result) => {
    const { name, agedSteps, firstSeconds, agedSeconds, ratio } = result
    return [
      name,
      duration(firstSeconds),
      duration(agedSeconds),
      `${threeDigits(ratio.value)} [${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`,
      `≥ ${lastingTarget} after ${agedSteps} steps: ${lastingVerdict(result)}`,
    ]
  })
  return markdownTable(['', 'first steps', 'later steps', 'steps per second, later ÷ first', ''], rows)
}
