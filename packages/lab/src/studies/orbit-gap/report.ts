import type { Finished } from '../../study/study.ts'
import { median } from '../../text/statistics.ts'
import { generatorKinds, type OrbitCase, orbitCases } from './cases.ts'
import type { OrbitGapOutcome, OrbitGapTask } from './run.ts'
import type { OrbitGapSettings } from './settings.ts'

export type OrbitGapRun = Finished<OrbitGapTask, OrbitGapOutcome>

/** All that the table, the page and the pictures are made of. */
export interface OrbitGapReport {
  readonly settings: OrbitGapSettings
  readonly rows: readonly OrbitGapRow[]
  /** In the order of the plan. */
  readonly runs: readonly OrbitGapRun[]
  readonly failures: readonly string[]
}

export const helpedBelow = 0.5
export const alignedAbove = 0.98

/** How the plain autoencoder of a task's orbit and seed came out; `undefined` where it failed. */
export function plainOutcomes(
  runs: readonly OrbitGapRun[],
): (task: OrbitGapTask) => OrbitGapOutcome | undefined {
  const keyOf = ({ orbit, seed }: OrbitGapTask): string => `${orbit} ${seed}`
  const plain = runs.filter(({ task }) => task.generators === 'none')
  const outcomes = new Map(plain.map(({ task, outcome }) => [keyOf(task), outcome]))
  return (task) => outcomes.get(keyOf(task))
}

/** One row of the table: a case over all seeds of which both runs finished, each beside the plain one of its seed. */
export function rowOf(row: OrbitCase, runs: readonly OrbitGapRun[]) {
  const plainOf = plainOutcomes(runs)
  const both = runs.flatMap(({ task, outcome }) => {
    if (task.orbit !== row.orbit || task.generators !== row.generators) return []
    const plain = plainOf(task)
    return outcome && plain ? [{ outcome, plain }] : []
  })
  const ratios = both.map(({ outcome, plain }) => outcome.gapDistance / plain.gapDistance)
  /** `null` where the generators are fixed. */
  const alignments = generatorKinds[row.generators].isLearned
    ? both.map(({ outcome }) => outcome.alignment ?? Number.NaN)
    : null
  return {
    case: row,
    seeds: both.length,
    /** Median gap distances. */
    plain: median(both.map(({ plain }) => plain.gapDistance)),
    regularized: median(both.map(({ outcome }) => outcome.gapDistance)),
    medianRatio: median(ratios),
    ratios,
    helped: ratios.filter((ratio) => ratio < helpedBelow).length,
    aligned: alignments?.filter((alignment) => alignment > alignedAbove).length ?? null,
    alignment: alignments && median(alignments),
  }
}
export type OrbitGapRow = Readonly<ReturnType<typeof rowOf>>

export function orbitGapReport(
  settings: OrbitGapSettings,
  runs: readonly OrbitGapRun[],
  failures: readonly string[],
): OrbitGapReport {
  const rows = orbitCases.filter(({ orbit }) => settings.cases.includes(orbit)).map((row) => rowOf(row, runs))
  return { settings, rows, runs, failures }
}
