import { scope, type Tensor } from '@facet/tensor'
import { formatArchitecture } from '../file/architecture.ts'
import type { Model } from '../model.ts'
import type { BatchGradients, Gradients } from './gradients.ts'
import type { StepPosition } from './loss-step.ts'
import { NotFiniteError } from './not-finite-error.ts'
import type { Update } from './optimizer.ts'

/** What does not change from step to step. */
export interface StepContext {
  readonly model: Model
  /** Of the objectives. */
  readonly names: readonly string[]
  /** Infinity where there are no epochs. */
  readonly stepsPerEpoch: number
}

/**
 * One training step, everything it makes released at its end: loss and gradients of one batch, then the optimizer in
 * place.
 *
 * @param isRead whether to wait for the loss
 * @returns `loss`, `gradientNorm` where it is bounded, and the objectives' values; nothing where they are not read.
 * @throws Error if the loss or that norm is not finite, naming epoch, batch, each objective's part and the model, before any
 * weight has changed.
 */
export function trainStep(
  context: StepContext,
  gradients: Gradients<Update>,
  indices: Int32Array,
  at: StepPosition,
  isRead: boolean,
): Record<string, number> {
  return scope(() => {
    const batch = gradients.of(indices, at)
    const values: Record<string, number> = isRead ? lookAt(context, batch, at.step) : {}
    batch.apply(at.step, at.totalSteps)
    return values
  })
}

/** The numbers of a batch, and of its gradient. @throws Error where the loss or the norm is not finite. */
export function lookAt(
  context: StepContext,
  { loss, losses, reported, norm }: Omit<BatchGradients<unknown>, 'apply'>,
  step: number,
): Record<string, number> {
  const total = loss.item()
  if (!Number.isFinite(total)) {
    const parts = context.names.map((name, i) => `${name} ${losses[i].item()}`)
    throw notFinite(context, 'loss', step, `${total} (${parts.join(', ')})`)
  }
  const values: Record<string, number> = { loss: total }
  for (const name in reported) values[name] = reported[name].item()
  if (norm !== null) values.gradientNorm = finiteNorm(context, norm, step)
  return values
}

/** The number. @throws Error where it is not finite. */
export function finiteNorm(context: StepContext, norm: Tensor, step: number): number {
  const value = norm.item()
  if (Number.isFinite(value)) return value
  throw notFinite(context, 'norm of the gradient', step, `${value}`)
}

function notFinite(
  { model, stepsPerEpoch }: StepContext,
  what: string,
  step: number,
  got: string,
): NotFiniteError {
  const [epoch, batch] = [Math.floor(step / stepsPerEpoch), step % stepsPerEpoch]
  const [who, where] =
    stepsPerEpoch === Number.POSITIVE_INFINITY
      ? ['OnlineTrainer', `step ${step}`]
      : ['fit', `epoch ${epoch}, batch ${batch}`]
  return new NotFiniteError(
    `${who}: expected a finite ${what} at ${where} (counted from 0), got ${got}; model ${formatArchitecture(model)}`,
    epoch,
    step,
  )
}
