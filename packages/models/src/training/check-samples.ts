import { Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { inputsOf, type Model } from '../model.ts'

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
