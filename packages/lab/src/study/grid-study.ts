import type { Autoencoder } from '@facet/models'
import { key, type Tensor } from '@facet/tensor'
import { type ModelName, models } from '../objectives.ts'
import { checkedSets, type SetChecks } from '../sets/checked-sets.ts'
import type { SetSizes, Sizes } from '../sets/set-sizes.ts'
import { costOfSample, forwardShare, secondsPerStep } from './cost.ts'
import {
  type GridOutcome,
  type GridSettings,
  type GridTask,
  gridLabel,
  gridTask,
  gridTasks,
  type IsTrained,
} from './grid.ts'
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
> extends Pick<Study<S, GridReport<S, O, B>>, 'summary' | 'text' | 'page' | 'pictures'> {
  /** How its data are loaded and checked. */
  readonly data: SetChecks<S>
  readonly run: Pick<Kind<S, GridTask, O>, 'outcome' | 'run' | 'note' | 'misfit'> & {
    about(settings: S): object
    /** How often the training part is passed, and how many samples go through the network without training it. */
    work(settings: S, task: GridTask, sizes: SetSizes): { readonly epochs: number; readonly forward: number }
    /** Time of a training step in those of `ae`; default: what the model's objective usually takes. */
    steps?(settings: S, task: GridTask, sizes: SetSizes): number
    /** Whether a model is trained on a set of such sizes; default: each on all. */
    isTrained?(settings: S, model: ModelName, sizes: SetSizes): boolean
  }
  /** A plain step on samples of the first set, by which the estimate of times is brought to this machine. */
  readonly step: {
    samples(settings: S, sizes: SetSizes): number
    net(settings: S, batch: Tensor): Autoencoder
  }
  readonly baselines: Pick<Kind<S, T, B>, 'task' | 'outcome' | 'run' | 'label' | 'misfit'> & {
    tasks(settings: S): readonly T[]
    /** Seconds, where costs were measured. */
    cost(settings: S, sizes: SetSizes): number
  }
}

/** A study that trains every model on every set at every value of its hyper-parameter, run by run, beside baselines. */
export function gridStudy<
  S extends GridSettings,
  O extends GridOutcome,
  T extends BaselineTask,
  B extends object,
>(own: GridStudy<S, O, T, B>): Omit<Study<S, GridReport<S, O, B>>, 'definition'> {
  const { data, run, step, baselines, ...rest } = own
  /** Seconds of a training, where costs were measured. */
  function costOf(settings: S, task: GridTask, sizes: SetSizes): number {
    const { epochs, forward } = run.work(settings, task, sizes)
    const steps = run.steps?.(settings, task, sizes) ?? models[task.model].cost(sizes.length)
    const trained = epochs * sizes.train * steps
    return (costOfSample(sizes.length) * (trained + forwardShare * forward)) / 1000
  }
  const isTrainedOn =
    (settings: S, sizes: Sizes): IsTrained =>
    (set, model) =>
      run.isTrained?.(settings, model, sizes[set]) ?? true
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
      ...gridTasks(settings, isTrainedOn(settings, sizes)).map((task) => ({
        kind: 'run',
        task,
        group: `${task.set} ${task.model}`,
        cost: costOf(settings, task, sizes[task.set]),
      })),
      ...baselines.tasks(settings).map((task) => ({
        kind: 'baselines',
        task,
        group: `${task.set} baselines`,
        cost: baselines.cost(settings, sizes[task.set]),
      })),
    ],
    secondsPerCost(settings, sizes) {
      const first = sizes[settings.sets[0]]
      const count = step.samples(settings, first)
      const batch = key('calibration').normal([count, first.length])
      return (1000 * secondsPerStep(step.net(settings, batch), batch)) / (count * costOfSample(first.length))
    },
    report: (settings, sizes, finished) =>
      gridReport<S, O, B>({ kinds }, settings, sizes, finished, isTrainedOn(settings, sizes)),
  }
}
