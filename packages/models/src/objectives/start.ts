import type { Key, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import type { AnyObjective, Objective, ObjectiveRun } from './objective.ts'

const asModels = { autoencoder: 'an Autoencoder', network: 'a Network' } as const

const kindOf = (model: Model) => (model instanceof Network ? 'network' : 'autoencoder')

/** @throws TypeError unless the objective trains this kind of model. */
export function checkKind({ name, trains }: AnyObjective, model: Model): void {
  const kind = kindOf(model)
  if (trains !== undefined && trains !== kind) {
    throw new TypeError(`objective '${name}': expected ${asModels[trains]}, got ${asModels[kind]}`)
  }
}

/** @throws TypeError unless the objective trains this kind of model, and can use its targets. */
export function checkUse(objective: AnyObjective, what: string, model: Model, y: Tensor | undefined): void {
  checkKind(objective, model)
  const { name, checkTargets } = forAny(objective)
  if (checkTargets !== undefined) checkTargets(what, model, y)
  else if (kindOf(model) === 'autoencoder' && y !== undefined) {
    throw new TypeError(
      `${what}: objective '${name}': expected samples without targets, since it has no checkTargets() and would pass them over, got y`,
    )
  }
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
