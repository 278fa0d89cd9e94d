import type * as z from 'zod'
import type { Definition } from '../fields/definition.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import type { ProgressStream } from '../progress/progress.ts'
import type { Page } from '../report/page.ts'
import type { Sizes } from '../sets/set-sizes.ts'
import type { ReportText } from '../text/report-text.ts'
import type { Versions } from '../version.ts'

/** How an experiment is run; none of it changes a number. */
export interface ExperimentOptions {
  readonly folder: ResultFolder
  /** Jobs at a time. */
  readonly processes: number
  readonly signal: AbortSignal
  /** Where progress goes. */
  readonly stream: ProgressStream
  /** What to do with finished runs of an unfinished experiment in the folder. Default: refuse the folder. */
  readonly unfinished?: 'refuse' | 'resume' | 'overwrite'
}

/** What a worker can be asked to do for a study. Tasks and outcomes are plain data; both are read back, so both have a schema. */
export interface Kind<S, T extends object, O extends object> {
  readonly task: z.ZodObject
  readonly outcome: z.ZodObject
  run(settings: S, task: T, onProgress: (fraction: number) => void): O | Promise<O>
  /** The name of a task, as a person knows it. */
  label(task: T): string
  /** What a finished one shows beside its name. */
  note(outcome: O): string
  /** What its line of the results says beside task, outcome and versions. */
  about(settings: S, sizes: Sizes, task: T): object
  /** What is wrong with an outcome that was read back, where its schema allows more than these settings and data can give. */
  misfit?(settings: S, sizes: Sizes, task: T, outcome: O): string | null
}

/** A task of a study, and what came of it: an outcome, or the message of what it threw. */
export interface Finished<T extends object = object, O extends object = object> {
  readonly kind: string
  readonly task: T
  readonly outcome?: O
  readonly error?: string
  /** It came to no end of its own, because its worker was killed each time: no result, so that whoever goes on repeats it. */
  readonly lost?: true
  /** What computed it. */
  readonly versions: Versions
  /** Wall time in its worker; unknown where it was not measured. No result: the same run takes another time elsewhere. */
  readonly seconds?: number
}

/** A task that is to be done, with its cost in seconds where costs were measured; tasks of one group take about equally long. */
export interface Planned {
  readonly kind: string
  readonly task: object
  readonly group: string
  readonly cost: number
}

/** What is known of the data before anything is trained. */
export interface Prepared {
  readonly sizes: Sizes
  /** Fingerprints of the data, by name: runs that are resumed must find the same. */
  readonly inputs: Readonly<Record<string, string>>
}

/** One study: from settings to a plan, and from finished tasks to a report. What all studies do is in the other files of this folder. */
export interface Study<S, R> {
  /** Its names and its fields. */
  readonly definition: Definition<string, S>
  /** By the name that lines of the results have. */
  readonly kinds: Readonly<Record<string, Kind<S, object, object>>>
  /** @throws UsageError for settings that do not fit the data. */
  prepare(settings: S): Promise<Prepared>
  /** All tasks, in the order of the results. */
  plan(settings: S, sizes: Sizes): readonly Planned[]
  /** Seconds that one unit of the plan's cost takes on this machine, from a few real training steps. */
  secondsPerCost(settings: S, sizes: Sizes): number
  report(settings: S, sizes: Sizes, finished: readonly Finished[]): R
  /** Lines of the results after those of the tasks. */
  summary(report: R): readonly object[]
  /** For the terminal and `table.md`. */
  text(report: R): ReportText
  /** @param document the experiment as the document that `facet run` takes */
  page(report: R, document: string): Promise<Page>
  /** Pictures beside the report, by file name. */
  pictures?(report: R): Promise<Readonly<Record<string, string>>>
}

export type AnyStudy = Study<unknown, unknown>

/** What tells a task from all others of its study. */
export const keyOf = ({ kind, task }: { readonly kind: string; readonly task: object }): string =>
  JSON.stringify([kind, task])

/** One line for each task that failed. */
export const failuresOf = <S>(
  { kinds }: Pick<Study<S, unknown>, 'kinds'>,
  finished: readonly Finished[],
): string[] =>
  finished.flatMap(({ kind, task, error }) =>
    error === undefined ? [] : [`${kinds[kind].label(task)}: ${error}`],
  )
