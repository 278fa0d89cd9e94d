import type { AnyStudy, Study } from '../study/study.ts'
import type { ExperimentKindName } from './experiments.ts'
import { orbitBenefit } from './orbit-benefit/orbit-benefit.ts'
import { orbitGap } from './orbit-gap/orbit-gap.ts'
import { paperTable } from './paper-table/paper-table.ts'

/** Every study, by the name that its documents have: what a worker is asked to run, and what a document is run by. */
const studies = { reproduce: paperTable, orbitBenefit, orbitGap } satisfies Readonly<
  Record<ExperimentKindName, unknown>
>

/** What each study reports. */
export type ExperimentReports = {
  readonly [K in ExperimentKindName]: (typeof studies)[K] extends Study<infer _, infer R> ? R : never
}

/** @throws Error for a name that no study has: names are checked before. */
export function studyOf(name: string): AnyStudy {
  if (!Object.hasOwn(studies, name)) {
    throw new Error(`studyOf: expected the name of a study, got '${name}'`)
  }
  return studies[name as ExperimentKindName] as unknown as AnyStudy
}
