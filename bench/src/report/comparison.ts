import { median, pairedRatio, type Ratio } from '../harness/statistics.ts'
import { duration, markdownTable, threeDigits } from './format.ts'
import { beforeName, type CaseResult, contenderOf, type SuiteResult, type Timing } from './results.ts'

/** One way of one case in both checkouts. */
export interface Compared {
  readonly name: string
  readonly before: Timing
  readonly now: Timing
  /** Time now over time before, in the same rounds: above 1 this checkout is slower. */
  readonly ratio: Ratio
}

const rounds = ({ seconds }: Timing) => seconds.map((s) => s ?? undefined)

/** Each way (`wasm`, `wasm eager`) beside the same way of the other checkout; empty without `--against`. */
export function compared({ cases }: Pick<SuiteResult, 'cases'>): Compared[] {
  return cases.flatMap(({ name, timings }) =>
    timings
      .filter(({ entry }) => contenderOf(entry) === beforeName)
      .flatMap((before) => {
        const way = before.entry.slice(beforeName.length)
        const now = timings.find(({ entry }) => entry === `wasm${way}`)
        if (now === undefined) return []
        const ratio = pairedRatio(rounds(now), rounds(before))
        return [{ name: `${name}${way}`, before, now, ratio }]
      }),
  )
}

/** Whether nobody but the two checkouts is there, so that {@link comparison} says all. */
export const isComparison = ({ cases }: Pick<SuiteResult, 'cases'>): boolean =>
  cases.some(({ timings }) => timings.length > 0) &&
  cases.every(({ timings }) =>
    timings.every(({ entry }) => ['wasm', beforeName].includes(contenderOf(entry))),
  ) &&
  compared({ cases }).length > 0

/** Slower than `loss` (0.03) allows, and not by noise: the whole interval is above it. */
export const tooSlow = (result: Pick<SuiteResult, 'cases'>, loss: number): Compared[] =>
  compared(result).filter(({ ratio }) => ratio.low > 1 + loss)

/**
 * Cases that were timed in one of the two alone, or in neither: somebody was refused or failed. Work that came after the other
 * checkout is none of them.
 */
export const notCompared = ({ cases }: Pick<SuiteResult, 'cases'>): CaseResult[] =>
  cases.filter(
    (found) =>
      compared({ cases: [found] }).length === 0 &&
      !found.omitted.some(({ entry, skipped }) => entry === beforeName && skipped),
  )

/** The table of both checkouts; empty without `--against`. */
export function comparison(result: SuiteResult): string {
  const all = compared(result)
  if (all.length === 0) return ''
  const rows = all.map(({ name, before, now, ratio: { value, low, high } }) => [
    name,
    duration(before.medianSeconds),
    duration(now.medianSeconds),
    `${threeDigits(value)} [${threeDigits(low)}, ${threeDigits(high)}]`,
    low > 1 ? 'slower' : high < 1 ? 'faster' : 'no difference',
  ])
  const table = markdownTable(['', 'before', 'this', 'this ÷ before', ''], rows)
  const middle = threeDigits(median(all.map(({ ratio }) => ratio.value)))
  const words = `Median of ${all.length} ratios: ${middle}. Before: ${result.versions[beforeName]}. Above 1 this checkout is slower.`
  return `${table}\n\n${words}`
}
