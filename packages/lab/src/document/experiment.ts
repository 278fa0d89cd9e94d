import { orbitStudySchema } from '../studies/orbit-benefit/schema.ts'
import type { OrbitStudySettings } from '../studies/orbit-benefit/settings.ts'
import { orbitSchema } from '../studies/orbit-gap/schema.ts'
import type { OrbitSettings } from '../studies/orbit-gap/settings.ts'
import { reproduceSchema } from '../studies/paper-table/schema.ts'
import type { ReproduceSettings } from '../studies/paper-table/settings.ts'

/** The settings of each experiment that a document can describe. */
export interface ExperimentSettings {
  readonly reproduce: ReproduceSettings
  readonly orbit: OrbitSettings
  readonly orbitStudy: OrbitStudySettings
}

export type ExperimentKindName = keyof ExperimentSettings

/** An experiment with all its settings: everything its numbers depend on. */
export type Experiment = {
  [K in ExperimentKindName]: { readonly experiment: K; readonly settings: ExperimentSettings[K] }
}[ExperimentKindName]

/** What checks the document of each experiment and fills in the defaults. */
export const schemas = { reproduce: reproduceSchema, orbit: orbitSchema, orbitStudy: orbitStudySchema }

export const experimentNames = Object.keys(schemas) as ExperimentKindName[]
