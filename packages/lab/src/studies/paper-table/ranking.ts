import type { ModelName } from '../../objectives.ts'
import { errorsOf } from '../../study/grid-report.ts'
import type { PValue } from '../../text/paired-tests.ts'
import { criticalDifference, friedman } from '../../text/ranks.ts'
import { mean } from '../../text/statistics.ts'
import type { PaperReport } from './report.ts'
import { trainedOn } from './significance.ts'

/** How models rank over sets on all of which each of them has a result. */
export interface Ranking {
  readonly sets: readonly string[]
  /** Lowest mean rank first; rank 1 has the lowest mean test error of a set. */
  readonly ranked: readonly { readonly model: ModelName; readonly rank: number }[]
  /** Of Friedman's test. */
  readonly p: PValue
  /** Mean ranks that are at least so far apart differ at 0.05 (Nemenyi); `null` for more than 10 models. */
  readonly criticalDifference: number | null
}

function rankingOf(report: PaperReport, sets: readonly string[], models: readonly ModelName[]): Ranking[] {
  if (sets.length < 2 || models.length < 2) return []
  const { meanRanks, p } = friedman(
    sets.map((set) => models.map((model) => mean(errorsOf(report, set, model)))),
  )
  const ranked = models.map((model, i) => ({ model, rank: meanRanks[i] })).sort((a, b) => a.rank - b.rank)
  return [{ sets, ranked, p, criticalDifference: criticalDifference(models.length, sets.length) }]
}

/**
 * The ranking of all models over the sets on which every one has a result and, where these are not all sets, that of the models that
 * have one on every set. None of fewer than two sets or models.
 */
export function rankingsOf(report: PaperReport): Ranking[] {
  const { sets: all, models } = report.settings
  const trained = new Map(all.map((set) => [set, trainedOn(report, set)]))
  const sets = all.filter((set) => trained.get(set)!.length > 0)
  const shown = models.filter((model) => sets.some((set) => trained.get(set)!.includes(model)))
  const whole = sets.filter((set) => trained.get(set)!.length === shown.length)
  const everywhere = shown.filter((model) => sets.every((set) => trained.get(set)!.includes(model)))
  return [
    ...rankingOf(report, whole, shown),
    ...(whole.length < sets.length ? rankingOf(report, sets, everywhere) : []),
  ]
}

/** Runs of neighbours, from and to by their places in the order of ranks, of which no two differ; none within another. */
export function tiedGroups({ ranked, criticalDifference: cd }: Ranking): [from: number, to: number][] {
  if (cd === null) return []
  const groups: [number, number][] = []
  ranked.forEach(({ rank }, from) => {
    const to = ranked.findLastIndex((other) => other.rank - rank < cd)
    if (to > from && to > (groups.at(-1)?.[1] ?? -1)) groups.push([from, to])
  })
  return groups
}
