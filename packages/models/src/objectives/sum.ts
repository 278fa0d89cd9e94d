import { add, isFloat, type Key, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { isRecording } from '@facet/tensor/dispatch'
import type { Model } from '../model.ts'
import { asObjective } from './loss-function.ts'
import type {
  AnyObjective,
  Batch,
  LossFunction,
  LossStep,
  Objective,
  ObjectiveRun,
  ObjectiveTerm,
  TrainedBy,
} from './objective.ts'
import { checkUse, startObjectives } from './start.ts'

/** The name of each objective, later ones of the same name numbered: `lie`, `lie#2`. */
export function distinctNames(objectives: readonly { readonly name: string }[]): string[] {
  const seen = new Map<string, number>()
  return objectives.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

/** Started objectives and what each is called. */
export interface NamedRuns<R extends readonly ObjectiveRun[] = readonly ObjectiveRun[]> {
  readonly names: readonly string[]
  readonly runs: R
}

/** A sum of objectives with its parts: `losses[i]` is the weighted loss of objective i. */
export interface SumTerm extends ObjectiveTerm {
  readonly losses: readonly Tensor[]
}

/** What a step reports itself: the total, and the norm of its gradient. */
const stepNames = ['loss', 'gradientNorm']

/**
 * The losses of several objectives on one batch; objective i draws from `at.key.child(i)`. A reported name that an
 * earlier objective or the step itself took ({@link stepNames}) becomes `objective.name`.
 */
export function evaluate({ names, runs }: NamedRuns, batch: Batch, at: LossStep): SumTerm {
  const terms = runs.map((run, i) => termOf(names[i], run.loss(batch, withKey(at, at.key.child(i)))))
  const values: Record<string, Tensor> = {}
  terms.forEach((term, i) => {
    for (const [name, value] of Object.entries(term.values)) {
      values[stepNames.includes(name) || name in values ? `${names[i]}.${name}` : name] = value
    }
  })
  const losses = terms.map((term) => term.loss)
  return { loss: losses.reduce((a, b) => add(a, b)), losses, values }
}

/** The same step with another key. In a recording its properties are carried over, not read: who reads them is noted. */
function withKey(at: LossStep, key: Key): LossStep {
  if (!isRecording()) return { ...at, key }
  return Object.defineProperties({} as LossStep, {
    ...Object.getOwnPropertyDescriptors(at),
    key: { value: key, enumerable: true },
  })
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
  if (wrong === undefined && isFloat(term.loss.dtype)) return term
  if (wrong === undefined)
    throw new TypeError(
      `objective '${name}': expected loss to be a scalar of floats, got ${describe(term.loss)}`,
    )
  throw new TypeError(`objective '${name}': expected ${wrong[0]} to be a scalar, got ${describe(wrong[1])}`)
}

/** What each objective of a list is when it has been started. */
export type RunsOf<O extends readonly (AnyObjective | LossFunction)[]> = {
  readonly [K in keyof O]: O[K] extends AnyObjective ? ReturnType<O[K]['start']> : ObjectiveRun
}

/** A sum at work: its parts, in their order. */
export interface SumRun<R extends readonly ObjectiveRun[]> extends ObjectiveRun {
  readonly objectives: R
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
export function sumOfObjectives<const O extends readonly (AnyObjective | LossFunction)[]>(
  parts: O,
  name = 'sum',
): Objective<SumRun<RunsOf<O>>, TrainedBy<O>> {
  if (parts.length === 0) throw new RangeError('sumOfObjectives: expected at least one objective, got none')
  const objectives = parts.map(asObjective)
  const names = distinctNames(objectives)
  return {
    name,
    settings: prefixed(names, (i) => objectives[i].settings ?? {}),
    checkTargets(what, model: Model, y) {
      for (const objective of objectives) checkUse(objective, what, model, y)
    },
    start(model: Model, x, key, y) {
      const runs = startObjectives(objectives, model, { x, y }, key)
      return {
        objectives: runs as RunsOf<O>,
        parameters: runs.flatMap((run) => run.parameters),
        loss: (batch, at) => evaluate({ names, runs }, batch, at),
        diagnostics: (x, key, y) => prefixed(names, (i) => runs[i].diagnostics(x, key.child(i), y)),
      }
    },
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
