import type { SetSizes } from '../../sets/set-sizes.ts'
import type { Job } from '../../study/study.ts'
import { type ModelName, models } from './models.ts'
import type { ReproduceTask } from './run.ts'
import type { ReproduceSettings } from './settings.ts'

/** Signs of the hyper-parameters. */
export const symbols = { weight: 'λ', sigma: 'σ' } as const

/** `λ 0.01`, or '' for a model without a hyper-parameter. */
export function valueLabel(model: ModelName, value: number | null): string {
  const { tuned } = models[model]
  return tuned === null || value === null ? '' : `${symbols[tuned]} ${value}`
}

/** The values of λ or σ to train a model with; one `null` where it has neither. */
export const candidatesOf = (settings: ReproduceSettings, model: ModelName): readonly (number | null)[] =>
  models[model].tuned === null ? [null] : settings.candidates[model]

/** Series in the batch that {@link ModelRow.stepCost} was measured with. */
const measuredBatch = 16

/** A sample's way through the network, in shares of its part of a training step: 0.19 to 0.25 measured at d = 60 to 500. */
const forwardShare = 0.21

/** Seconds of a training step where the costs of the models were measured. */
export const costOfStep = (model: ModelName, batch: number, length: number): number =>
  ((batch / measuredBatch) * models[model].stepCost(length)) / 1000

/** Seconds of a training there: the steps of every epoch, and the errors after it. */
const runCost = (model: ModelName, { train, validation, test, length }: SetSizes, epochs: number): number =>
  epochs * (costOfStep(model, train, length) + forwardShare * costOfStep('ae', validation + test, length))

/** Seconds of the yardsticks of a set: PCA three times, 4 to 11 ns a sample, dimension and component above 100 of each. */
function yardstickCost({ train, validation, length }: SetSizes): number {
  const samples = train + validation
  return 3 * (0.02 + 7e-9 * samples * length * Math.min(samples, length))
}

/** A job for every set, model, candidate and run, in the order of the table. */
export function planReproduce(
  settings: ReproduceSettings,
  sizes: Readonly<Record<string, SetSizes>>,
): Job<'reproduce'>[] {
  return settings.sets.flatMap((set) =>
    settings.models.flatMap((model) =>
      candidatesOf(settings, model).flatMap((value) =>
        Array.from({ length: settings.runs }, (_, run): Job<'reproduce'> => {
          const task: ReproduceTask = { settings, set, model, value, run }
          const parts = [set, models[model].title, valueLabel(model, value), `run ${run + 1}`]
          return {
            experiment: 'reproduce',
            task,
            label: parts.filter((part) => part !== '').join(' · '),
            group: `${set} ${model}`,
            cost: runCost(model, sizes[set], settings.epochs),
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
    task: { set, data: settings.data, seed: settings.seed, samples: settings.samples },
    label: `${set} · mean predictor and PCA`,
    group: `${set} yardsticks`,
    cost: yardstickCost(sizes[set]),
  }))
