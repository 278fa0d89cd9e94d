import { Interrupted } from '../errors.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { fromJsonLine, toJsonLine } from '../folder/json-line.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import type { LoggedRun } from '../folder/run-log.ts'
import { type Job, runJobs } from '../pool/pool.ts'
import { openProgress } from '../progress/open-progress.ts'
import { type Versions, versions } from '../version.ts'
import type { ExperimentName, ExperimentOutcome } from '../worker.ts'
import { describePlan, estimateSeconds } from './estimate.ts'
import { openLog } from './open-log.ts'
import { resumeCommand } from './resume-command.ts'
import type { Concluded, Conclusion, ExperimentKind, ExperimentOptions, Study } from './study.ts'

/**
 * Carries out an experiment in a folder: `experiment.yaml` first, then every finished run as a line of `runs.jsonl`,
 * at the end `results.jsonl`, `table.md` and `report.html` in place of the latter. A finished experiment that is
 * resumed has its table and report rendered again.
 *
 * @throws UsageError for settings that do not fit the data or the folder; Interrupted after the signal.
 */
export async function carryOut<S, E extends ExperimentName, R>(
  kind: ExperimentKind<S, E, R>,
  settings: S,
  options: ExperimentOptions,
): Promise<Conclusion<R>> {
  const { folder, stream, unfinished } = options
  if (unfinished === 'resume' && folder.has(files.results) && !folder.has(files.log)) {
    stream.write('all runs are done; table and report are rendered again\n')
    const conclusion = kind.restore(settings, resultLines(folder))
    writePages(conclusion, options)
    return conclusion
  }
  const study = await kind.prepare(settings)
  const conclusion = study.conclude(await runStudy(study, options))
  folder.write(files.results, checkedLines(conclusion.lines))
  writePages(conclusion, options)
  folder.remove(files.log)
  return conclusion
}

const resultLines = (folder: ResultFolder): readonly unknown[] =>
  readCheckedLines(folder.read(files.results), folder.pathOf(files.results)).lines

function writePages({ markdown, html, pictures }: Conclusion<unknown>, { folder }: ExperimentOptions): void {
  folder.write(files.table, markdown())
  for (const [name, svg] of Object.entries(pictures?.() ?? {})) folder.write(name, svg)
  folder.write(files.report, html())
}

/** Runs what is not in the log yet. */
async function runStudy<E extends ExperimentName>(
  study: Study<E, unknown>,
  options: ExperimentOptions,
): Promise<Concluded<E>[]> {
  const { folder, threads, signal, stream } = options
  const { jobs } = study
  const opened = openLog(study, options)
  const ended = new Map(opened.finished.map((run) => [run.job, concludedFrom<E>(run)]))
  const todo = jobs.map((_, job) => job).filter((job) => !ended.has(job))
  try {
    if (todo.length > 0) await runMissing(todo)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    throw new Interrupted(
      opened.hasBegun
        ? `interrupted; finished runs: ${ended.size} of ${jobs.length}; to go on: ${resumeCommand(folder.path)}`
        : `interrupted before a run finished; ${folder.path} holds what it held before`,
    )
  } finally {
    opened.close()
  }
  return jobs.map((_, job) => ended.get(job)!)

  async function runMissing(missing: readonly number[]): Promise<void> {
    const mine = missing.map((job) => jobs[job])
    stream.write(`${describe(mine)}\n`)
    await runJobs(mine, {
      threads,
      signal,
      progress: openProgress(mine, threads, stream),
      note: (_, outcome) => study.note(outcome),
      onEnded(i, { outcome, error }) {
        const job = missing[i]
        const run: LoggedRun = { job, label: jobs[job].label, versions, outcome, error }
        opened.append(run)
        // What is concluded from is what the log says: a resumed experiment cannot differ from one that was not.
        ended.set(job, concludedFrom<E>(fromJsonLine(toJsonLine(run)) as LoggedRun))
      },
    })
  }

  function describe(mine: readonly Job<E>[]): string {
    const done = jobs.length - mine.length
    const before = done === 0 ? '' : `${done} of ${jobs.length} done; left: `
    const seconds = estimateSeconds(mine, threads, study.calibrate())
    return before + describePlan(mine, threads, seconds)
  }
}

const concludedFrom = <E extends ExperimentName>({
  outcome,
  error,
  versions: by,
}: LoggedRun): Concluded<E> =>
  error === undefined
    ? { outcome: outcome as ExperimentOutcome<E>, versions: by as Versions }
    : { error, versions: by as Versions }
