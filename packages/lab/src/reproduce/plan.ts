import type { Job } from '../pool.ts'
import { type ModelName, models } from './models.ts'
import type { ReproduceTask } from './run.ts'
import type { SetSizes } from './set-sizes.ts'
import type { ReproduceSettings } from './settings.ts'

const symbols = { weight: 'λ', sigma: 'σ' } as const

/** `λ 0.01`, or '' for a model without a hyper-parameter. */
export function valueLabel(model: ModelName, value: number | null): string {
  const { tuned } = models[model]
  return tuned === null || value === null ? '' : `${symbols[tuned]} ${value}`
}

/** The values of λ or σ to train a model with; one `null` where it has neither. */
export const candidatesOf = (settings: ReproduceSettings, model: ModelName): readonly (number | null)[] =>
  models[model].tuned === null ? [null] : settings.candidates[model]

/** Work of the plain autoencoder on a set, in arbitrary units. */
const plainCost = ({ train, length }: SetSizes, { hidden }: ReproduceSettings): number =>
  train * (length + hidden)

/** A job for every set, model, candidate and run, in the order of the table. */
export function planReproduce(
  settings: ReproduceSettings,
  sizes: Readonly<Record<string, SetSizes>>,
): Job<'reproduce'>[] {
  return settings.sets.flatMap((set) =>
    settings.models.flatMap((model) =>
      candidatesOf(settings, model).flatMap((value) =>
        Array.from({ length: settings.runs }, (_, run): Job<'reproduce'> => {
          const { length } = sizes[set]
          const task: ReproduceTask = { settings, set, model, value, run }
          const parts = [set, models[model].title, valueLabel(model, value), `run ${run + 1}`]
          return {
            experiment: 'reproduce',
            task,
            label: parts.filter((part) => part !== '').join(' · '),
            group: `${set} ${model}`,
            cost: models[model].relativeCost(length) * plainCost(sizes[set], settings),
          }
        }),
      ),
    ),
  )
}

/** A job for the yardsticks of every set. */
export const planYardsticks = (
  settings: ReproduceSettings,
  sizes: Readonly<Record<string, SetSizes>>,
): Job<'yardsticks'>[] =>
  settings.sets.map((set) => ({
    experiment: 'yardsticks',
    task: { set, data: settings.data, seed: settings.seed },
    label: `${set} · mean predictor and PCA`,
    group: `${set} yardsticks`,
    cost: plainCost(sizes[set], settings),
  }))
