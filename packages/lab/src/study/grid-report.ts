import type { ModelName } from '../objectives.ts'
import type { Sizes } from '../sets/set-sizes.ts'
import { type Cell, chooseAll, testErrorsOf } from './choose.ts'
import { type Comparison, compare } from './compare.ts'
import type { GridOutcome, GridSettings, GridTask, IsTrained } from './grid.ts'
import { type Finished, failuresOf, type Study } from './study.ts'

/** All that the table and the page of a grid study are made of. */
export interface GridReport<S extends GridSettings, O extends GridOutcome, B extends object> {
  readonly settings: S
  readonly sizes: Sizes
  /** None of a model that is not trained on a set. */
  readonly cells: readonly Cell<O>[]
  /** Predictors that learn nothing deep, by set, run by run where they differ; one that failed is missing. */
  readonly baselines: ReadonlyMap<string, readonly B[]>
  /** Every training, chosen or not. */
  readonly runs: readonly Finished<GridTask, O>[]
  /** What went wrong, one line each. */
  readonly failures: readonly string[]
}

/** A report whatever its outcomes and baselines are. */
export type AnyGridReport = GridReport<GridSettings, GridOutcome, object>

/** What finished tasks of the kinds `run` and `baselines` say. */
export function gridReport<S extends GridSettings, O extends GridOutcome, B extends object>(
  study: Pick<Study<S, unknown>, 'kinds'>,
  settings: S,
  sizes: Sizes,
  finished: readonly Finished[],
  isTrained?: IsTrained,
): GridReport<S, O, B> {
  // Schemas have seen what was read, and a kind makes no other outcomes.
  const of = <F>(name: string): readonly F[] =>
    finished.filter(({ kind }) => kind === name) as unknown as readonly F[]
  const runs = of<Finished<GridTask, O>>('run')
  const baselines = of<Finished<{ readonly set: string }, B>>('baselines')
  return {
    settings,
    sizes,
    cells: chooseAll(settings, runs, isTrained),
    baselines: new Map(
      settings.sets.map((set) => [
        set,
        baselines.flatMap(({ task, outcome }) => (task.set === set && outcome ? [outcome] : [])),
      ]),
    ),
    runs,
    failures: failuresOf(study, finished),
  }
}

export const cellOf = <O extends GridOutcome>(
  { cells }: { readonly cells: readonly Cell<O>[] },
  set: string,
  model: ModelName,
): Cell<O> | undefined => cells.find((cell) => cell.set === set && cell.model === model)

/** Test errors of a model on a set, run by run; none where it was not trained or failed. */
export const errorsOf = (report: Pick<AnyGridReport, 'cells'>, set: string, model: ModelName): number[] => {
  const cell = cellOf(report, set, model)
  return cell === undefined ? [] : testErrorsOf(cell)
}

/** A model on a set beside another model on it. */
export interface ComparedCell extends Comparison {
  readonly set: string
  readonly model: ModelName
}

/** `null` where either has no result, or there is nothing to compare. */
export function compareModels(
  report: Pick<AnyGridReport, 'cells'>,
  set: string,
  model: ModelName,
  other: ModelName = 'ae',
): ComparedCell | null {
  if (model === other) return null
  const compared = compare(errorsOf(report, set, model), errorsOf(report, set, other))
  return compared && { set, model, ...compared }
}
