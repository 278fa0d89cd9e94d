import { formatArchitecture } from '../file/architecture.ts'
import type { Model } from '../model.ts'
import type { Parameter } from '../parameter.ts'
import { allFinite } from './check-finite.ts'
import { NotFiniteError } from './not-finite-error.ts'

/** @throws Error naming the first parameter that holds NaN or an infinity. */
export function checkWeights(model: Model, parameters: readonly Parameter[], epoch: number): void {
  const broken = parameters.find(({ value }) => !allFinite(value))
  if (broken === undefined) return
  throw new NotFiniteError(
    `fit: expected finite weights after epoch ${epoch}, got NaN or infinity in '${broken.name}': ` +
      `a gradient was not finite though the loss was; model ${formatArchitecture(model)}`,
    epoch,
  )
}

/** @throws Error for a validation error that is NaN or infinite. */
export function checkValidation(model: Model, validation: number | undefined, epoch: number): void {
  if (validation === undefined || Number.isFinite(validation)) return
  throw new NotFiniteError(
    `fit: expected a finite validation error at epoch ${epoch}, got ${validation}; ` +
      `model ${formatArchitecture(model)}`,
    epoch,
  )
}
