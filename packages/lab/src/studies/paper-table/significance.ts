import type { ModelName } from '../../objectives.ts'
import { type ComparedCell, compareModels, errorsOf } from '../../study/grid-report.ts'
import { holm, leastP, type PValue, wilcoxonSignedRank } from '../../text/paired-tests.ts'
import { mean } from '../../text/statistics.ts'
import type { PaperReport } from './report.ts'

/** Below it a p-value counts as significant. */
export const significance = 0.05

/** A model against AE on one set, over paired runs. */
export interface RunsTest extends ComparedCell {
  /** Of the sign-flip test, corrected by Holm's method for the number of all such comparisons. */
  readonly corrected: PValue
}

/** A model against AE over the sets on which both have a result. */
export interface SetsTest {
  readonly model: ModelName
  readonly sets: number
  /** Sets on which its mean error is the lower one. */
  readonly lower: number
  /** Mean over sets of the change of the mean error, as a share of AE's. */
  readonly change: number
  /** Wilcoxon's signed-rank test of these changes. */
  readonly p: PValue
  /** The same, corrected by Holm's method for the number of models. */
  readonly corrected: PValue
}

const others = ({ settings }: PaperReport): ModelName[] => settings.models.filter((model) => model !== 'ae')

/** Every model against AE on every set on which both have a result. */
export function runsTests(report: PaperReport): RunsTest[] {
  const compared = report.settings.sets.flatMap((set) =>
    others(report).flatMap((model) => compareModels(report, set, model) ?? []),
  )
  const corrected = holm(compared.map(({ signFlip }) => signFlip))
  return compared.map((one, i) => ({ ...one, corrected: corrected[i] }))
}

/** Every model against AE over sets; none that has no result on any of them. */
export function setsTests(report: PaperReport): SetsTest[] {
  const tests = others(report).flatMap((model) => {
    const changes = report.settings.sets.flatMap((set) => compareModels(report, set, model)?.relative ?? [])
    if (changes.length === 0) return []
    const lower = changes.filter((change) => change < 0).length
    return [{ model, sets: changes.length, lower, change: mean(changes), p: wilcoxonSignedRank(changes) }]
  })
  const corrected = holm(tests.map(({ p }) => p))
  return tests.map((one, i) => ({ ...one, corrected: corrected[i] }))
}

/** Models that have a result on a set. */
export const trainedOn = (report: PaperReport, set: string): ModelName[] =>
  report.settings.models.filter((model) => errorsOf(report, set, model).length > 0)

/** The fewest pairs of which so many comparisons together can have one that is significant after correction: all on one side. */
export function fewestPairs(comparisons: number): number {
  let pairs = 1
  while (comparisons * leastP(pairs) >= significance) pairs++
  return pairs
}

/** The smallest p that so many comparisons over so many pairs can have after correction. */
export const leastCorrected = (pairs: number, comparisons: number): number =>
  Math.min(1, comparisons * leastP(pairs))

export const isSignificant = (p: PValue): boolean => p !== null && p < significance
