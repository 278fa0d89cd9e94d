import type { ResultFolder } from '../folder/result-folder.ts'
import type { Ended, Job } from '../pool/pool.ts'
import type { ProgressStream } from '../progress/progress.ts'
import type { Experiment } from '../studies/experiments.ts'
import type { Colours } from '../text/colours.ts'
import type { Versions } from '../version.ts'
import type { ExperimentName, ExperimentOutcome } from '../worker.ts'

/** How an experiment is carried out; none of it changes a number. */
export interface ExperimentOptions {
  readonly folder: ResultFolder
  /** Jobs at a time. */
  readonly threads: number
  readonly signal: AbortSignal
  /** Where progress goes. */
  readonly stream: ProgressStream
  /** What to do with finished runs of an unfinished experiment in the folder. Default: refuse the folder. */
  readonly unfinished?: 'refuse' | 'resume' | 'overwrite'
}

/** How a job ended, and what computed it. */
export type Concluded<E extends ExperimentName> = Ended<E> & { readonly versions: Versions }

/** What becomes of the runs. */
export interface Conclusion<R> {
  readonly report: R
  /** What went wrong, one line each. */
  readonly failures: readonly string[]
  /** For `results.jsonl`. */
  readonly lines: readonly object[]
  markdown(): string
  html(): string
  /** Pictures beside the report, by file name. */
  pictures?(): Readonly<Record<string, string>>
  /** For a terminal of the given width. */
  text(columns: number, colours: Colours): string
}

/** An experiment with its plan. */
export interface Study<E extends ExperimentName, R> {
  readonly experiment: Experiment
  readonly jobs: readonly Job<E>[]
  /** Fingerprints of the data, by name. */
  readonly inputs: Readonly<Record<string, string>>
  /** What a finished job shows beside its name. */
  note(outcome: ExperimentOutcome<E>): string
  /** Seconds that one unit of the jobs' cost takes on this machine, from a few real training steps. */
  calibrate(): number
  conclude(ended: readonly Concluded<E>[]): Conclusion<R>
}

/** One kind of experiment: from settings to a plan, and from the lines of its results back to its conclusion. */
export interface ExperimentKind<S, E extends ExperimentName, R> {
  /** @throws UsageError for settings that do not fit the data. */
  prepare(settings: S): Promise<Study<E, R>>
  /** @throws Error for lines that another program wrote. */
  restore(settings: S, lines: readonly unknown[]): Conclusion<R>
}

/** One line for each job that failed. */
export const failuresOf = (jobs: readonly Job[], ended: readonly Ended<ExperimentName>[]): string[] =>
  ended.flatMap(({ error }, i) => (error === undefined ? [] : [`${jobs[i].label}: ${error}`]))
