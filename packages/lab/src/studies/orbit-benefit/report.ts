import { cellOf, type GridReport } from '../../study/grid-report.ts'
import { mean } from '../../text/statistics.ts'
import { orbitScales } from './baselines.ts'
import type { BenefitBaselines, BenefitOutcome, Showcase } from './outcome.ts'
import type { OrbitBenefitSettings } from './settings.ts'
import type { LearnedOrderFacts, LearnedStencils } from './stencils.ts'

export type BenefitReport = GridReport<OrbitBenefitSettings, BenefitOutcome, BenefitBaselines>

/** A number of the baselines of a set, run by run; none of a run that failed. */
export const baselineValues = (
  { baselines }: BenefitReport,
  set: string,
  read: (row: BenefitBaselines) => number | undefined,
): number[] => (baselines.get(set) ?? []).flatMap((row) => read(row) ?? [])

/** Errors of PCA on orbit data at the scale that was chosen for the orbit model, or the first of its grid. */
export function pcaOnOrbitErrors(report: BenefitReport, set: string): number[] {
  const scale = cellOf(report, set, 'lieGroupOrbit')?.chosen ?? orbitScales(report.settings)[0]
  return baselineValues(
    report,
    set,
    ({ pcaOnOrbit }) => pcaOnOrbit.find(({ value }) => value === scale)?.error,
  )
}

/** Mean over runs of the share of neighbours' differences that the generators explain; `null` where it is not known. */
export function explainedFraction(report: BenefitReport, set: string): number | null {
  const values = baselineValues(report, set, (row) => row.explainedFraction)
  return values.length === 0 ? null : mean(values)
}

/** What was learned of a set in run 1, bank by bank; none where nothing was. */
export const learnedOf = ({ baselines }: BenefitReport, set: string): readonly LearnedStencils[] =>
  baselines.get(set)?.find(({ learned }) => learned !== null)?.learned ?? []

/** What was said of the order of its coordinates, run by run. */
export const ordersOf = ({ baselines }: BenefitReport, set: string): readonly LearnedOrderFacts[] =>
  (baselines.get(set) ?? []).flatMap(({ order }) => order ?? [])

export const showcaseOf = ({ baselines }: BenefitReport, set: string): Showcase | undefined =>
  baselines.get(set)?.find(({ showcase }) => showcase !== null)?.showcase ?? undefined
