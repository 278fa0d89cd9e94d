import { define } from '../../fields/definition.ts'
import { formerModelNames, type StudyModelName, studyModelNames, studyModels, valuesOf } from './models.ts'
import { orbitBenefitFields } from './schema.ts'
import type { OrbitBenefitSettings } from './settings.ts'

/** What earlier releases called a model. */
const formerName = (model: StudyModelName): string =>
  Object.entries(formerModelNames).find(([, name]) => name === model)?.[0] ?? model

/** Values of the models that have any. */
const candidatesContent = (
  { candidates }: OrbitBenefitSettings,
  nameOf: (model: StudyModelName) => string,
): object =>
  Object.fromEntries(
    studyModelNames
      .filter((model) => candidates[model].length > 0)
      .map((model) => [nameOf(model), candidates[model]]),
  )

const contentNamed = (settings: OrbitBenefitSettings, nameOf: (model: StudyModelName) => string) => ({
  ...settings,
  models: settings.models.map(nameOf),
  candidates: candidatesContent(settings, nameOf),
})

/** `facet reproduce --study orbit-benefit`: what moving samples along generators helps on real data (docs/mathematics.md 7.3). */
export const orbitBenefit = define({
  document: 'orbitBenefit',
  documentAliases: ['orbitStudy'],
  flag: 'orbit-benefit',
  flagAliases: ['orbit'],
  fields: orbitBenefitFields,
  settings({ candidates, ...rest }): OrbitBenefitSettings {
    const own: Readonly<Partial<Record<StudyModelName, readonly number[]>>> = candidates
    const all = studyModelNames.map((model) => [model, own[model] ?? studyModels[model].grid])
    return { ...rest, candidates: Object.fromEntries(all) as OrbitBenefitSettings['candidates'] }
  },
  content: (settings) => contentNamed(settings, (model) => model),
  formerContent: (settings) => contentNamed(settings, formerName),
  countJobs: ({ runs, models, candidates, sets }) => [
    { count: runs, what: 'run' },
    { count: models.flatMap((model) => valuesOf(candidates, model)).length, what: 'value' },
    { count: sets.length, what: 'set' },
  ],
})
