import type { Definition } from '../fields/definition.ts'
import type { AnyStudy, Study } from '../study/study.ts'
import { orbitBenefit } from './orbit-benefit/orbit-benefit.ts'
import { orbitGap } from './orbit-gap/orbit-gap.ts'
import { paperTable } from './paper-table/paper-table.ts'

/**
 * Every study: what a document can describe, what a worker can be asked for. The first is that of `facet reproduce` without
 * `--study`. Workers load this table: what draws is loaded by a study's page alone.
 */
const all = [paperTable, orbitBenefit, orbitGap] as const

type Known = (typeof all)[number]['definition']

/** An experiment with all its settings: everything its numbers depend on. */
export type Experiment = Known extends infer D
  ? D extends Definition<infer N, infer S>
    ? { readonly experiment: N; readonly settings: S }
    : never
  : never

/** A study whose settings nobody looks into: each takes those of its own name, which a table cannot say of all of them together. */
export const studies = all as unknown as readonly AnyStudy[]

/** @throws Error for a name that no study has: names are checked before. */
export function studyOf(name: string): AnyStudy {
  const study = studies.find(({ definition }) => definition.document === name)
  if (study === undefined) throw new Error(`studyOf: expected the name of a study, got '${name}'`)
  return study
}

/** The names and fields of all studies. */
const [first, ...others] = studies.map(({ definition }) => definition)
export const definitions = [first, ...others] as const
