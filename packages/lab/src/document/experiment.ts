import type { OrbitSettings } from '../orbit/settings.ts'
import type { OrbitStudySettings } from '../orbit-study/settings.ts'
import type { ReproduceSettings } from '../reproduce/settings.ts'
import { orbitSchema } from './orbit-schema.ts'
import { orbitStudySchema } from './orbit-study-schema.ts'
import { reproduceSchema } from './reproduce-schema.ts'

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
