import { checkedSets, type SetChecks } from '../sets/checked-sets.ts'
import type { SetSizes, Sizes } from '../sets/set-sizes.ts'
import { type GridOutcome, type GridSettings, type GridTask, gridLabel, gridTask, gridTasks } from './grid.ts'
import { type GridReport, gridReport } from './grid-report.ts'
import type { Kind, Study } from './study.ts'

/** Predictors that learn nothing deep are computed for a set, and where runs differ in their parts for each of them. */
export interface BaselineTask {
  readonly set: string
}

/** What one study of models on sets is, beside what all of them do. */
export interface GridStudy<
  S extends GridSettings,
  O extends GridOutcome,
  T extends BaselineTask,
  B extends object,
> extends Pick<
    Study<S, GridReport<S, O, B>>,
    'name' | 'summary' | 'text' | 'page' | 'pictures' | 'secondsPerCost'
  > {
  /** How its data are loaded and checked. */
  readonly data: SetChecks<S>
  readonly run: Pick<Kind<S, GridTask, O>, 'outcome' | 'run' | 'note' | 'misfit'> & {
    about(settings: S): object
    /** Seconds, where costs were measured. */
    cost(settings: S, task: GridTask, sizes: SetSizes): number
  }
  readonly baselines: Pick<Kind<S, T, B>, 'task' | 'outcome' | 'run' | 'label' | 'misfit'> & {
    tasks(settings: S): readonly T[]
    cost(settings: S, sizes: SetSizes): number
  }
}

/** A study that trains every model on every set at every value of its hyper-parameter, run by run, beside baselines. */
export function gridStudy<
  S extends GridSettings,
  O extends GridOutcome,
  T extends BaselineTask,
  B extends object,
>(own: GridStudy<S, O, T, B>): Study<S, GridReport<S, O, B>> {
  const { data, run, baselines, ...rest } = own
  const kinds = {
    run: {
      task: gridTask,
      outcome: run.outcome,
      run: run.run,
      label: gridLabel,
      note: run.note,
      about: (settings: S) => run.about(settings),
      misfit: run.misfit,
    },
    baselines: {
      task: baselines.task,
      outcome: baselines.outcome,
      run: baselines.run,
      label: baselines.label,
      note: () => 'done',
      about: (_: S, sizes: Sizes, { set }: T) => ({ sizes: sizes[set] }),
      misfit: baselines.misfit,
    },
  } as unknown as Study<S, unknown>['kinds']
  return {
    ...rest,
    kinds,
    async prepare(settings) {
      const { sizes, fingerprints } = await checkedSets(settings, data)
      return { sizes, inputs: fingerprints }
    },
    plan: (settings, sizes) => [
      ...gridTasks(settings).map((task) => ({
        kind: 'run',
        task,
        group: `${task.set} ${task.model}`,
        cost: run.cost(settings, task, sizes[task.set]),
      })),
      ...baselines.tasks(settings).map((task) => ({
        kind: 'baselines',
        task,
        group: `${task.set} baselines`,
        cost: baselines.cost(settings, sizes[task.set]),
      })),
    ],
    report: (settings, sizes, finished) => gridReport<S, O, B>({ kinds }, settings, sizes, finished),
  }
}
