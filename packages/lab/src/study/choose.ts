import type { CandidateValue } from '../candidate-value.ts'
import type { ModelName } from '../objectives.ts'
import { mean } from '../text/statistics.ts'
import { type GridOutcome, type GridSettings, type GridTask, type IsTrained, valuesOf } from './grid.ts'
import type { Finished } from './study.ts'

/** A value of a hyper-parameter with its outcomes, run by run: `undefined` for a run that failed. */
export interface Candidate<O extends GridOutcome> {
  readonly value: CandidateValue | null
  readonly outcomes: readonly (O | undefined)[]
  /** Mean over runs; `null` where one of them failed. */
  readonly validationError: number | null
}

/** One cell of the table: a data set and a model, at the value that the validation part prefers. */
export interface Cell<O extends GridOutcome> {
  readonly set: string
  readonly model: ModelName
  readonly candidates: readonly Candidate<O>[]
  /** `null` where the model has none, or every candidate has a failed run. */
  readonly chosen: CandidateValue | null
  /** Outcomes at the chosen value, run by run; none where nothing could be chosen. */
  readonly outcomes: readonly O[]
  /** Messages of failed runs. */
  readonly errors: readonly string[]
}

const lowest = <T>(items: readonly T[], error: (item: T) => number): T | null =>
  items.reduce<T | null>((best, item) => (best === null || error(item) < error(best) ? item : best), null)

/** Chooses by the validation error at the best epoch, mean over runs (docs/mathematics.md 7.1); test errors play no part. */
function choose<O extends GridOutcome>(
  settings: GridSettings,
  set: string,
  model: ModelName,
  finished: readonly Finished<GridTask, O>[],
): Cell<O> {
  const mine = finished.filter(({ task }) => task.set === set && task.model === model)
  const candidates = valuesOf(settings, model).map((value): Candidate<O> => {
    const outcomes = Array.from(
      { length: settings.runs },
      (_, run) => mine.find(({ task }) => task.value === value && task.run === run)?.outcome,
    )
    const errors = outcomes.flatMap((outcome) => outcome?.validationError ?? [])
    return { value, outcomes, validationError: errors.length === settings.runs ? mean(errors) : null }
  })
  const best = lowest(wholeCandidates(candidates), ({ validationError }) => validationError!)
  return {
    set,
    model,
    candidates,
    chosen: best?.value ?? null,
    outcomes: (best?.outcomes ?? []) as readonly O[],
    errors: mine.flatMap(({ error }) => error ?? []),
  }
}

/** Candidates of which every run finished. */
export const wholeCandidates = <O extends GridOutcome>(candidates: readonly Candidate<O>[]): Candidate<O>[] =>
  candidates.filter(({ validationError }) => validationError !== null)

/** What each run's validation part alone would have chosen, and the test errors there. */
export function choicesPerRun<O extends GridOutcome>({
  candidates,
}: Cell<O>): { readonly value: CandidateValue | null; readonly testError: number }[] {
  const whole = wholeCandidates(candidates)
  return (whole[0]?.outcomes ?? []).map((_, run) => {
    const { value, outcomes } = lowest(whole, (candidate) => candidate.outcomes[run]!.validationError)!
    return { value, testError: outcomes[run]!.testError }
  })
}

/** All cells of the table, set by set; none of a model that is not trained on a set. */
export const chooseAll = <O extends GridOutcome>(
  settings: GridSettings,
  finished: readonly Finished<GridTask, O>[],
  isTrained: IsTrained = () => true,
): Cell<O>[] =>
  settings.sets.flatMap((set) =>
    settings.models
      .filter((model) => isTrained(set, model))
      .map((model) => choose(settings, set, model, finished)),
  )

/** Test errors of a cell, run by run. */
export const testErrorsOf = ({ outcomes }: Pick<Cell<GridOutcome>, 'outcomes'>): number[] =>
  outcomes.map(({ testError }) => testError)
