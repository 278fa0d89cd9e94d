import { mean } from '../../text/statistics.ts'
import type { ModelName } from './models.ts'
import { candidatesOf } from './plan.ts'
import type { ReproduceOutcome, ReproduceTask } from './run.ts'
import type { ReproduceSettings } from './settings.ts'

/** A training and how it ended. */
export interface FinishedRun {
  readonly task: ReproduceTask
  readonly outcome?: ReproduceOutcome
  readonly error?: string
}

/** One cell of the table: a data set and a model, at the λ or σ that the validation set prefers. */
export interface Cell {
  readonly set: string
  readonly model: ModelName
  /** `null` where the model has none, or every run failed. */
  readonly chosen: number | null
  /** Mean validation error of each candidate over its runs; `null` for one of which a run failed. */
  readonly candidates: readonly { readonly value: number | null; readonly validationError: number | null }[]
  /** Outcomes of the chosen candidate, run by run. */
  readonly outcomes: readonly ReproduceOutcome[]
  readonly errors: readonly string[]
}

/**
 * Chooses λ or σ by the validation error at the best epoch, mean over runs (docs/mathematics.md 7.1); test errors
 * play no part.
 */
function makeCell(
  settings: ReproduceSettings,
  set: string,
  model: ModelName,
  finished: readonly FinishedRun[],
): Cell {
  const mine = finished.filter(({ task }) => task.set === set && task.model === model)
  const candidates = candidatesOf(settings, model).map((value) => {
    const runs = mine.filter(({ task }) => task.value === value)
    const errors = runs.flatMap(({ outcome }) => (outcome ? [outcome.validationError] : []))
    return { value, validationError: errors.length === runs.length && runs.length > 0 ? mean(errors) : null }
  })
  const whole = candidates.filter(({ validationError }) => validationError !== null)
  const best = whole.reduce<(typeof whole)[number] | undefined>(
    (a, b) => (a === undefined || b.validationError! < a.validationError! ? b : a),
    undefined,
  )
  return {
    set,
    model,
    chosen: best?.value ?? null,
    candidates,
    outcomes: best
      ? mine.flatMap(({ task, outcome }) => (outcome && task.value === best.value ? [outcome] : []))
      : [],
    errors: mine.flatMap(({ error }) => (error === undefined ? [] : [error])),
  }
}

/** All cells of the table, set by set. */
export const makeCells = (settings: ReproduceSettings, finished: readonly FinishedRun[]): Cell[] =>
  settings.sets.flatMap((set) => settings.models.map((model) => makeCell(settings, set, model, finished)))
