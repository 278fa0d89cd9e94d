import { type Contribution, clone, type Key, scope, sharesMemory, Tensor } from '@facet/tensor'
import { architectureOf, formatArchitecture } from '../architecture.ts'
import type { Autoencoder } from '../autoencoder.ts'
import type { Objective } from '../objectives/objective.ts'
import { distinctNames } from '../objectives/sum.ts'
import type { Parameter } from '../parameter.ts'
import type { Gradients } from './gradients.ts'
import type { OptimizerRun } from './optimizer.ts'

/** What does not change from step to step. */
export interface StepContext {
  readonly model: Autoencoder
  readonly gradients: Gradients
  readonly objectives: readonly Objective[]
  readonly parameters: readonly Parameter[]
  readonly optimizer: OptimizerRun
  readonly stepsPerEpoch: number
  readonly totalSteps: number
}

/**
 * One training step, everything it makes released at its end: loss and gradients of one batch, then the optimizer in
 * place.
 *
 * @returns `loss` and the objectives' values.
 * @throws Error if the loss is not finite, naming epoch, batch, each objective's part and the model, before any weight
 * has changed.
 */
export function trainStep(
  context: StepContext,
  indices: Int32Array,
  key: Key,
  step: number,
): Record<string, number> {
  const { gradients, parameters, optimizer, totalSteps } = context
  return scope(() => {
    const { loss: total, losses, reported, contributions } = gradients.of(indices, key)
    const loss = total.item()
    if (!Number.isFinite(loss)) throw new Error(blame(context, step, loss, losses))
    optimizer.update(
      contributions.map((terms) => apartFrom(parameters, terms)),
      step,
      totalSteps,
    )
    return { loss, ...read(reported) }
  })
}

/**
 * A term of one gradient may be another parameter (in the product of two) or the parameter itself, and would change
 * while the optimizer is at work: such terms are copied.
 */
function apartFrom(parameters: readonly Parameter[], contributions: readonly Contribution[]): Contribution[] {
  const apart = (t: Tensor): Tensor =>
    parameters.some((parameter) => sharesMemory(parameter.value, t)) ? clone(t) : t
  return contributions.map((term) =>
    term instanceof Tensor ? apart(term) : { ...term, left: apart(term.left), right: apart(term.right) },
  )
}

function read(scalars: Readonly<Record<string, Tensor>>): Record<string, number> {
  return Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, scalar.item()]))
}

function blame(
  { model, objectives, stepsPerEpoch }: StepContext,
  step: number,
  loss: number,
  losses: readonly Tensor[],
): string {
  const at = `epoch ${Math.floor(step / stepsPerEpoch)}, batch ${step % stepsPerEpoch}`
  const parts = distinctNames(objectives).map((name, i) => `${name} ${losses[i].item()}`)
  const architecture = formatArchitecture(architectureOf(model))
  return `fit: expected a finite loss at ${at} (counted from 0), got ${loss} (${parts.join(', ')}); model ${architecture}`
}
