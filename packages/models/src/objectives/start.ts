import type { Key, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import type { AnyObjective, Objective, ObjectiveRun } from './objective.ts'

const asModels = { autoencoder: 'an Autoencoder', network: 'a Network' } as const

/** @throws TypeError unless the objective trains this kind of model, and can use its targets. */
export function checkUse(objective: AnyObjective, what: string, model: Model, y: Tensor | undefined): void {
  const { name, trains } = objective
  const kind = model instanceof Network ? 'network' : 'autoencoder'
  if (trains !== undefined && trains !== kind) {
    throw new TypeError(`objective '${name}': expected ${asModels[trains]}, got ${asModels[kind]}`)
  }
  forAny(objective).checkTargets?.(what, model, y)
}

/** Starts objectives; the i-th with `key.child(i)`. @throws TypeError unless they start as such: said before hours of training, not after. */
export const startObjectives = (
  objectives: readonly AnyObjective[],
  model: Model,
  { x, y }: { readonly x: Tensor; readonly y?: Tensor | undefined },
  key: Key,
): readonly ObjectiveRun[] =>
  objectives.map((objective, i) => expectRun(objective, forAny(objective).start(model, x, key.child(i), y)))

function expectRun(objective: AnyObjective, run: ObjectiveRun): ObjectiveRun {
  const parts = Object(run) as Partial<ObjectiveRun>
  const isRun = typeof parts.loss === 'function' && typeof parts.diagnostics === 'function'
  if (isRun && Array.isArray(parts.parameters)) return run
  throw new TypeError(
    `objective '${objective.name}': expected start() to return { parameters, loss, diagnostics }, got ${describe(run)}`,
  )
}

/** What an objective trains is in its type, for who calls `fit`, and in its `trains`: {@link checkUse}. */
const forAny = (objective: AnyObjective): Objective<ObjectiveRun, Model> =>
  objective as Objective<ObjectiveRun, Model>
