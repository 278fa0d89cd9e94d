import { define } from '../../fields/definition.ts'
import { type ModelName, modelNames, models } from './models.ts'
import { candidatesOf } from './plan.ts'
import { type ReproduceDocument, reproduceFields } from './schema.ts'
import type { ReproduceSettings } from './settings.ts'

/** Candidates for every model's hyper-parameter. */
function candidatesFrom({ weight, sigma, regularizers }: ReproduceDocument): ReproduceSettings['candidates'] {
  const single: Readonly<
    Partial<Record<ModelName, { readonly weight?: number[]; readonly sigma?: number[] }>>
  > = regularizers
  return Object.fromEntries(
    modelNames.map((name) => {
      const { tuned } = models[name]
      return [name, tuned === null ? [] : (single[name]?.[tuned] ?? { weight, sigma }[tuned])]
    }),
  ) as unknown as ReproduceSettings['candidates']
}

/** λ and σ model by model, instead of for all. */
const regularizersOf = ({ candidates }: ReproduceSettings): object =>
  Object.fromEntries(
    modelNames.flatMap((model) => {
      const { tuned } = models[model]
      return tuned === null ? [] : [[model, { [tuned]: candidates[model] }]]
    }),
  )

/** `facet reproduce`: Table 1 of the paper (docs/mathematics.md 7.1). */
export const paperTable = define({
  document: 'reproduce',
  documentAliases: [],
  flag: 'table',
  flagAliases: [],
  fields: reproduceFields,
  settings({ weight, sigma, regularizers, ...rest }): ReproduceSettings {
    return { ...rest, candidates: candidatesFrom({ weight, sigma, regularizers, ...rest }) }
  },
  content(settings) {
    const { candidates: _, ...rest } = settings
    return { ...rest, weight: undefined, sigma: undefined, regularizers: regularizersOf(settings) }
  },
  countJobs: (settings) => [
    { count: settings.runs, what: 'run' },
    { count: settings.models.flatMap((model) => candidatesOf(settings, model)).length, what: 'value' },
    { count: settings.sets.length, what: 'set' },
  ],
})
