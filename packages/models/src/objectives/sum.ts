import { add, type Key, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Batch, Objective, ObjectiveTerm } from './objective.ts'

/** The name of each objective, later ones of the same name numbered: `lie`, `lie#2`. */
export function distinctNames(objectives: readonly Objective[]): string[] {
  const seen = new Map<string, number>()
  return objectives.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

/** A sum of objectives with its parts: `losses[i]` is the weighted loss of objective i. */
export interface SumTerm extends ObjectiveTerm {
  readonly losses: readonly Tensor[]
}

/**
 * The losses of several objectives on one batch; objective i draws from `key.child(i)`. A reported name that an
 * earlier objective took (or `loss`, which is the total) becomes `objective.name`.
 */
export function evaluate(objectives: readonly Objective[], batch: Batch, key: Key): SumTerm {
  const names = distinctNames(objectives)
  const terms = objectives.map((objective, i) => termOf(names[i], objective.loss(batch, key.child(i))))
  const values: Record<string, Tensor> = {}
  terms.forEach((term, i) => {
    for (const [name, value] of Object.entries(term.values)) {
      values[name === 'loss' || name in values ? `${names[i]}.${name}` : name] = value
    }
  })
  const losses = terms.map((term) => term.loss)
  return { loss: losses.reduce((a, b) => add(a, b)), losses, values }
}

/** @throws TypeError unless an objective has answered with scalars. */
function termOf(name: string, term: ObjectiveTerm): ObjectiveTerm {
  const scalars = Object.entries({ loss: term?.loss, ...term?.values })
  if (typeof term?.values !== 'object') {
    throw new TypeError(
      `objective '${name}': expected loss() to return { loss, values }, got ${describe(term)}`,
    )
  }
  const wrong = scalars.find(([, value]) => !(value instanceof Tensor) || value.rank !== 0)
  if (wrong === undefined) return term
  throw new TypeError(`objective '${name}': expected ${wrong[0]} to be a scalar, got ${describe(wrong[1])}`)
}

/**
 * Several objectives as one: their losses, parameters, values and diagnostics together. `fit` takes a list as well;
 * this is for building an objective from others.
 *
 * @throws RangeError for an empty list.
 * @example
 * import { type Objective, reconstruction, sumOfObjectives } from '@facet/models'
 * const regularized = (regularizer: Objective) => sumOfObjectives([reconstruction(), regularizer], 'regularized')
 */
export function sumOfObjectives(objectives: readonly Objective[], name = 'sum'): Objective {
  if (objectives.length === 0)
    throw new RangeError('sumOfObjectives: expected at least one objective, got none')
  const names = distinctNames(objectives)
  return {
    name,
    get parameters() {
      return objectives.flatMap((objective) => objective.parameters)
    },
    settings: prefixed(names, (i) => objectives[i].settings ?? {}),
    prepare: (model, data, key) =>
      objectives.forEach((objective, i) => void objective.prepare(model, data, key.child(i))),
    loss: (batch, key) => evaluate(objectives, batch, key),
    diagnostics: (data, key) => prefixed(names, (i) => objectives[i].diagnostics(data, key.child(i))),
  }
}

function prefixed<V>(
  names: readonly string[],
  record: (i: number) => Readonly<Record<string, V>>,
): Record<string, V> {
  const entries = names.flatMap((name, i) =>
    Object.entries(record(i)).map(([k, v]) => [`${name}.${k}`, v] as const),
  )
  return Object.fromEntries(entries)
}
