import type { Experiment } from '../studies/experiments.ts'
import { orbitStudyKind } from '../studies/orbit-benefit/orbit-study.ts'
import { orbitKind } from '../studies/orbit-gap/orbit.ts'
import { reproduceKind } from '../studies/paper-table/reproduce.ts'
import type { ExperimentName } from '../worker.ts'
import { carryOut } from './carry-out.ts'
import type { Conclusion, ExperimentKind, ExperimentOptions, Study } from './study.ts'

/** How each experiment that a document can describe is planned and concluded. */
const kinds = { reproduce: reproduceKind, orbitGap: orbitKind, orbitBenefit: orbitStudyKind }

/** Each kind takes the settings of its own name, which a table cannot say of all of them together. */
const kindOf = ({ experiment }: Experiment): ExperimentKind<unknown, ExperimentName, unknown> =>
  kinds[experiment] as unknown as ExperimentKind<unknown, ExperimentName, unknown>

/** The plan of any experiment. @throws UsageError for settings that do not fit the data. */
export const prepareAny = (experiment: Experiment): Promise<Study<ExperimentName, unknown>> =>
  kindOf(experiment).prepare(experiment.settings)

/** Carries out any experiment. @throws as `carryOut` does. */
export const carryOutAny = (
  experiment: Experiment,
  options: ExperimentOptions,
): Promise<Conclusion<unknown>> => carryOut(kindOf(experiment), experiment.settings, options)
