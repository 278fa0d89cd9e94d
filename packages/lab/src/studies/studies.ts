import type { AnyStudy } from '../study/study.ts'
import { orbitBenefit } from './orbit-benefit/orbit-benefit.ts'
import { orbitGap } from './orbit-gap/orbit-gap.ts'
import { paperTable } from './paper-table/paper-table.ts'

/** Every study, by the name that its documents have: what a worker is asked to run, and what a document is run by. */
const all = [paperTable, orbitBenefit, orbitGap] as unknown as readonly AnyStudy[]

/** @throws Error for a name that no study has: names are checked before. */
export function studyOf(name: string): AnyStudy {
  const study = all.find((one) => one.name === name)
  if (study === undefined) throw new Error(`studyOf: expected the name of a study, got '${name}'`)
  return study
}
