import type { Definition } from '../fields/definition.ts'
import { orbitBenefit } from './orbit-benefit/experiment.ts'
import { orbitGap } from './orbit-gap/experiment.ts'
import { paperTable } from './paper-table/experiment.ts'

/** Every experiment that a document can describe. The first is the one of `facet reproduce` without `--study`. */
export const experiments = [paperTable, orbitBenefit, orbitGap] as const

type Known = (typeof experiments)[number]

/** The settings of each experiment, by the name that its documents have. */
export type ExperimentSettings = {
  readonly [D in Known as D['document']]: D extends Definition<string, infer S> ? S : never
}

export type ExperimentKindName = keyof ExperimentSettings

/** An experiment with all its settings: everything its numbers depend on. */
export type Experiment = {
  [K in ExperimentKindName]: { readonly experiment: K; readonly settings: ExperimentSettings[K] }
}[ExperimentKindName]

/** The definition of an experiment. Each takes the settings of its own name, which a table cannot say of all of them together. */
export const definitionOf = (name: ExperimentKindName): Definition<ExperimentKindName> =>
  experiments.find(({ document }) => document === name) as unknown as Definition<ExperimentKindName>
