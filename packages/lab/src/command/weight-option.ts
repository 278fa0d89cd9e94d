import { type ModelName, modelNames, models } from '../reproduce/models.ts'
import { listOf, nonNegativeNumber, oneOf } from './arguments.ts'

/** λ as asked for: for all models that have one, and for single models. */
export interface Weights {
  readonly all?: readonly number[]
  readonly byModel: Readonly<Partial<Record<ModelName, readonly number[]>>>
}

const weighted = modelNames.filter((name) => models[name].tuned === 'weight')
const numbers = listOf(nonNegativeNumber)
const model = oneOf(weighted)

/** `0.01,1,100`, or `lieGroupFirstOrder=0.01,1` for one model; given again, it adds to what was said before. */
export function parseWeight(text: string, previous: Weights | undefined): Weights {
  const before = previous ?? { byModel: {} }
  const at = text.indexOf('=')
  if (at < 0) return { ...before, all: numbers(text) }
  return {
    ...before,
    byModel: { ...before.byModel, [model(text.slice(0, at))]: numbers(text.slice(at + 1)) },
  }
}

/** Candidates for every model's hyper-parameter. */
export const candidatesFrom = (
  { all, byModel }: Weights,
  weight: number,
  sigmas: readonly number[],
): Record<ModelName, readonly number[]> =>
  Object.fromEntries(
    modelNames.map((name) => {
      const { tuned } = models[name]
      if (tuned === null) return [name, []]
      return [name, tuned === 'sigma' ? sigmas : (byModel[name] ?? all ?? [weight])]
    }),
  ) as Record<ModelName, readonly number[]>
