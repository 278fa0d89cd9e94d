import { scope, type Tensor } from '@facet/tensor'
import { architectureOf, formatArchitecture } from '../architecture.ts'
import type { Autoencoder } from '../autoencoder.ts'
import type { Gradients } from './gradients.ts'
import type { StepPosition } from './loss-step.ts'

/** What does not change from step to step. */
export interface StepContext {
  readonly model: Autoencoder
  readonly gradients: Gradients
  /** Of the objectives. */
  readonly names: readonly string[]
  readonly stepsPerEpoch: number
}

/**
 * One training step, everything it makes released at its end: loss and gradients of one batch, then the optimizer in
 * place.
 *
 * @param isRead whether to wait for the loss
 * @returns `loss` and the objectives' values; nothing where they are not read.
 * @throws Error if the loss is not finite, naming epoch, batch, each objective's part and the model, before any weight
 * has changed.
 */
export function trainStep(
  context: StepContext,
  indices: Int32Array,
  at: StepPosition,
  isRead: boolean,
): Record<string, number> {
  return scope(() => {
    const batch = context.gradients.of(indices, at)
    const values: Record<string, number> = {}
    if (isRead) {
      const loss = batch.loss.item()
      if (!Number.isFinite(loss)) throw new Error(blame(context, at.step, loss, batch.losses))
      values.loss = loss
      for (const name in batch.reported) values[name] = batch.reported[name].item()
    }
    batch.update(at.step, at.totalSteps)
    return values
  })
}

function blame(
  { model, names, stepsPerEpoch }: StepContext,
  step: number,
  loss: number,
  losses: readonly Tensor[],
): string {
  const at = `epoch ${Math.floor(step / stepsPerEpoch)}, batch ${step % stepsPerEpoch}`
  const parts = names.map((name, i) => `${name} ${losses[i].item()}`)
  const architecture = formatArchitecture(architectureOf(model))
  return `fit: expected a finite loss at ${at} (counted from 0), got ${loss} (${parts.join(', ')}); model ${architecture}`
}
