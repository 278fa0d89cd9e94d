import type { SetSizes } from '../../sets/set-sizes.ts'
import { mean } from '../../text/statistics.ts'
import type { OrbitBenefitSettings } from './settings.ts'
import type { StudyRow } from './summarise.ts'
import type { StudyYardsticks } from './yardsticks.ts'

/** All that the table is made of. */
export interface OrbitStudyReport {
  readonly settings: OrbitBenefitSettings
  readonly sizes: Readonly<Record<string, SetSizes>>
  readonly rows: readonly StudyRow[]
  /** Run by run; a run whose computation failed is missing. */
  readonly yardsticks: Readonly<Record<string, readonly StudyYardsticks[]>>
  /** What went wrong, one line each. */
  readonly failures: readonly string[]
}

export const rowOf = ({ rows }: OrbitStudyReport, set: string, model: string): StudyRow | undefined =>
  rows.find((row) => row.set === set && row.model === model)

/** A predictor that learns nothing deep, or what is told of the generators: its values, run by run. */
const yardstickValues = (
  { yardsticks }: OrbitStudyReport,
  set: string,
  read: (row: StudyYardsticks) => number | undefined,
): number[] => (yardsticks[set] ?? []).flatMap((row) => read(row) ?? [])

/** Errors of PCA on orbit data at the scale that was chosen for `orbit`, or the first of its grid. */
export function pcaOnOrbitErrors(report: OrbitStudyReport, set: string): number[] {
  const { settings } = report
  const scale = rowOf(report, set, 'lieGroupOrbit')?.chosen ?? settings.candidates.lieGroupOrbit[0]
  return yardstickValues(
    report,
    set,
    ({ pcaOnOrbit }) => pcaOnOrbit.find(({ value }) => value === scale)?.error,
  )
}

/** Test errors of predictors that learn nothing deep, run by run. */
export const studyYardsticks = (
  report: OrbitStudyReport,
  set: string,
): { readonly name: string; readonly errors: number[] }[] => {
  const pca = `PCA-${report.settings.bottleneck}`
  return [
    { name: 'mean predictor', errors: yardstickValues(report, set, (row) => row.meanPredictor) },
    { name: pca, errors: yardstickValues(report, set, (row) => row.pca) },
    { name: `${pca} on orbits`, errors: pcaOnOrbitErrors(report, set) },
  ]
}

/** Mean over runs of the share of neighbours' differences that the generators explain; `null` where it is not known. */
export function explainedFraction(report: OrbitStudyReport, set: string): number | null {
  const values = yardstickValues(report, set, (row) => row.explainedFraction)
  return values.length === 0 ? null : mean(values)
}
