import type { ResultFolder } from './output/result-folder.ts'
import { type Ended, Interrupted, type Job, runJobs } from './pool.ts'
import { openProgress } from './progress/open-progress.ts'
import type { ProgressStream } from './progress/progress.ts'
import type { ExperimentName, ExperimentOutcome } from './worker.ts'

/** How an experiment is carried out; none of it changes a number. */
export interface ExperimentOptions {
  readonly folder: ResultFolder
  /** Jobs at a time. */
  readonly threads: number
  readonly signal: AbortSignal
  /** Where progress goes. */
  readonly stream: ProgressStream
}

/** How a job's end is told: beside its name in the progress, and as a line of the results (`null`: it has none). */
export interface JobStory<E extends ExperimentName> {
  note(job: number, outcome: ExperimentOutcome<E>): string
  line(job: number, ended: Ended<E>): object | null
}

const resultFile = 'results.jsonl'
/** Holds finished runs while others are still at work. */
const unfinishedFile = 'results.unfinished.jsonl'

/**
 * Runs the jobs; whatever has finished is in a file at any moment.
 *
 * @throws Interrupted after the signal, saying where the finished runs are.
 */
export async function runExperiment<E extends ExperimentName>(
  jobs: readonly Job<E>[],
  { folder, threads, signal, stream }: ExperimentOptions,
  story: JobStory<E>,
): Promise<Ended<E>[]> {
  const finished: object[] = []
  try {
    return await runJobs(jobs, {
      threads,
      signal,
      progress: openProgress(jobs, threads, stream),
      note: story.note,
      onEnded(job, ended) {
        const line = story.line(job, ended)
        if (line === null) return
        finished.push(line)
        folder.writeLines(unfinishedFile, finished)
      },
    })
  } catch (error) {
    if (!(error instanceof Interrupted) || finished.length === 0) throw error
    throw new Interrupted(
      `interrupted; finished runs: ${finished.length}, in ${folder.pathOf(unfinishedFile)}`,
    )
  }
}

/** Writes `results.jsonl` and `table.md`, which then stand for the finished runs. */
export function writeResults(folder: ResultFolder, lines: readonly object[], markdown: string): void {
  folder.writeLines(resultFile, lines)
  folder.write('table.md', markdown)
  folder.remove(unfinishedFile)
}

/** One line for each job that failed. */
export const failuresOf = (jobs: readonly Job[], ended: readonly Ended<ExperimentName>[]): string[] =>
  ended.flatMap(({ error }, i) => (error === undefined ? [] : [`${jobs[i].label}: ${error}`]))
