import { median } from '../../text/statistics.ts'
import { isLearned, type OrbitCase } from './cases.ts'
import type { OrbitOutcome } from './run.ts'

/** One row of the table: a case over all seeds, and the plain autoencoders of the same seeds. */
export interface OrbitRow {
  readonly case: OrbitCase
  /** Seeds of which both runs finished. */
  readonly seeds: number
  /** Median gap distance of the plain autoencoder. */
  readonly plain: number
  /** Median gap distance with the regularizer. */
  readonly regularized: number
  readonly medianRatio: number
  /** Ratio of each of those seeds, in their order. */
  readonly ratios: readonly number[]
  /** Seeds whose ratio is below {@link helpedBelow}. */
  readonly helped: number
  /** Seeds whose alignment is above {@link alignedAbove}; `null` where the generators are fixed. */
  readonly aligned: number | null
  /** Median alignment; `null` where the generators are fixed. */
  readonly alignment: number | null
}

export const helpedBelow = 0.5
export const alignedAbove = 0.98

/** Pairs each run with the plain one of its seed; `undefined` in a list is a run that failed. */
export function summarise(
  row: OrbitCase,
  regularized: readonly (OrbitOutcome | undefined)[],
  plain: readonly (OrbitOutcome | undefined)[],
): OrbitRow {
  const both = regularized.flatMap((outcome, seed): [OrbitOutcome, OrbitOutcome][] => {
    const other = plain[seed]
    return outcome && other ? [[outcome, other]] : []
  })
  const ratios = both.map(([outcome, other]) => outcome.gapDistance / other.gapDistance)
  const alignments = isLearned(row.generators) ? both.map(([{ alignment }]) => alignment!) : null
  return {
    case: row,
    seeds: both.length,
    plain: median(both.map(([, other]) => other.gapDistance)),
    regularized: median(both.map(([outcome]) => outcome.gapDistance)),
    medianRatio: median(ratios),
    ratios,
    helped: ratios.filter((ratio) => ratio < helpedBelow).length,
    aligned: alignments?.filter((alignment) => alignment > alignedAbove).length ?? null,
    alignment: alignments && median(alignments),
  }
}
