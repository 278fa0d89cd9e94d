import { max, min, scope, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { formatArchitecture } from '../file/architecture.ts'
import { inputsOf, type Model } from '../model.ts'
import { checkUse } from '../objectives/start.ts'
import type { Parameter } from '../parameter.ts'
import { checkTargets } from './check-targets.ts'
import type { ResolvedOptions } from './options.ts'

/** @throws unless both sets fit the model and its objectives, hold finite numbers, and the training set has at least one batch. */
export function checkTrainingData(
  model: Model,
  { train, validation, objectives, batchSize, accumulate, dropLast }: ResolvedOptions,
): void {
  const sets = { 'training data': train, ...(validation && { 'validation data': validation }) }
  for (const [name, samples] of Object.entries(sets)) {
    checkSamples('fit', name, model, samples.x)
    checkFinite('fit', name, samples.x)
    checkTargets('fit', name, samples)
    for (const objective of objectives) checkUse(objective, `fit: ${name}`, model, samples.y)
  }
  const [count] = train.x.shape
  if (batchSize > count) {
    throw new RangeError(`fit: expected batchSize of at most the ${count} training samples, got ${batchSize}`)
  }
  if (dropLast && batchSize * accumulate > count) {
    throw new RangeError(
      `fit: dropLast: expected batchSize · accumulate of at most the ${count} training samples, got ${batchSize} · ${accumulate}`,
    )
  }
}

/** @throws unless `data` is a non-empty `[n, d]` of the model's input and dtype. */
export function checkSamples(operation: string, name: string, model: Model, data: Tensor): void {
  const inputs = inputsOf(model)
  if (!(data instanceof Tensor)) {
    throw new TypeError(`${operation}: expected ${name} as a tensor [n, ${inputs}], got ${describe(data)}`)
  }
  const { shape, dtype } = data
  if (shape.length !== 2 || shape[0] === 0 || shape[1] !== inputs) {
    throw new RangeError(
      `${operation}: expected ${name} [n, ${inputs}] with n ≥ 1, got [${shape.join(', ')}]`,
    )
  }
  if (dtype !== model.dtype) {
    throw new TypeError(`${operation}: expected ${name} of the model's dtype ${model.dtype}, got ${dtype}`)
  }
}

/** Whether all elements are. NaN goes through both extremes; nothing of the tensor's size is made. */
const allFinite = (x: Tensor): boolean => scope(() => [max(x).item(), min(x).item()]).every(Number.isFinite)

/** @throws Error naming the first parameter that holds NaN or an infinity. */
export function checkWeights(model: Model, parameters: readonly Parameter[], epoch: number): void {
  const broken = parameters.find(({ value }) => !allFinite(value))
  if (broken === undefined) return
  throw new Error(
    `fit: expected finite weights after epoch ${epoch}, got NaN or infinity in '${broken.name}': ` +
      `a gradient was not finite though the loss was; model ${formatArchitecture(model)}`,
  )
}

/** @throws Error for a validation error that is NaN or infinite. */
export function checkValidation(model: Model, validation: number | undefined, epoch: number): void {
  if (validation === undefined || Number.isFinite(validation)) return
  throw new Error(
    `fit: expected a finite validation error at epoch ${epoch}, got ${validation}; ` +
      `model ${formatArchitecture(model)}`,
  )
}

/** @throws RangeError naming row and column of the first NaN or infinity. */
export function checkFinite(operation: string, name: string, data: Tensor): void {
  if (allFinite(data)) return
  const values = data.dataSync()
  const at = values.findIndex((value) => !Number.isFinite(value))
  const width = data.size / data.shape[0]
  const column = data.rank === 1 ? '' : `, column ${at % width}`
  throw new RangeError(
    `${operation}: expected finite ${name}, got ${values[at]} at row ${Math.floor(at / width)}${column}`,
  )
}
