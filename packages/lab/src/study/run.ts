import { Interrupted } from '../errors.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { fromJsonLine, toJsonLine } from '../folder/json-line.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import { type Job, runJobs } from '../pool/pool.ts'
import { openProgress } from '../progress/open-progress.ts'
import { renderPage } from '../report/page.ts'
import type { Sizes } from '../sets/set-sizes.ts'
import { counted } from '../text/number.ts'
import { markdownReport } from '../text/report-text.ts'
import { describePlan, estimateSeconds } from './cost.ts'
import { openLog } from './log.ts'
import { expectFit, readResults, resultLines } from './results.ts'
import { type ExperimentOptions, type Finished, keyOf, type Planned, type Study } from './study.ts'
import { readTimes, writeTimes } from './times.ts'

/** A study with its settings. */
export interface StudyExperiment<S, R> {
  readonly study: Study<S, R>
  readonly settings: S
  /** The same as a document, for `experiment.yaml`. */
  readonly document: string
}

/** What a worker is asked. */
export interface StudyRequest {
  readonly study: string
  readonly kind: string
  readonly settings: unknown
  readonly task: object
}

/** The jobs of a plan. */
export const jobsOf = <S>(
  { definition, kinds }: Pick<Study<S, unknown>, 'definition' | 'kinds'>,
  settings: S,
  plan: readonly Planned[],
): Job<StudyRequest>[] =>
  plan.map(({ kind, task, group, cost }) => ({
    label: kinds[kind].label(task),
    group,
    cost,
    request: { study: definition.document, kind, settings, task },
  }))

/**
 * Runs an experiment in a folder: `experiment.yaml` first, then every finished task as a line of `runs.jsonl`, at the end
 * `times.jsonl`, `results.jsonl`, `table.md` and `report.html` in place of the latter. A finished experiment that is resumed has its table and
 * report made again.
 *
 * @param worker the module that workers run.
 * @throws UsageError for settings that do not fit the data or the folder, and for files in it that are not as they were
 * written; Interrupted after the signal.
 */
export async function runStudy<S, R>(
  experiment: StudyExperiment<S, R>,
  options: ExperimentOptions,
  worker: URL,
): Promise<R> {
  const { folder, stream, unfinished } = options
  const { study, settings } = experiment
  if (unfinished === 'resume' && folder.has(files.results) && !folder.has(files.log)) {
    stream.write('all runs are done; table and report are rendered again\n')
    const path = folder.pathOf(files.results)
    const { lines, checked } = readCheckedLines(folder.read(files.results), path)
    const { finished, sizes } = readResults(study, settings, lines, { path, checked })
    return writePages(experiment, study.report(settings, sizes, readTimes(folder, finished)), options)
  }
  const { sizes, inputs } = await study.prepare(settings)
  const finished = await runMissing(experiment, { sizes, inputs }, options, worker)
  const report = study.report(settings, sizes, finished)
  writeTimes(folder, finished)
  folder.write(
    files.results,
    checkedLines([...resultLines(study, settings, sizes, finished), ...study.summary(report)]),
  )
  await writePages(experiment, report, options)
  const lost = finished.filter((run) => run.lost)
  // The log stays: with it the folder can be gone on with.
  if (lost.length === 0) folder.remove(files.log)
  else
    options.stream.write(
      `${counted(lost.length, 'run')} failed because the worker was lost; to repeat: ${folder.goOn}\n`,
    )
  return report
}

async function writePages<S, R>(
  { study, document }: StudyExperiment<S, R>,
  report: R,
  { folder }: ExperimentOptions,
): Promise<R> {
  folder.write(files.table, markdownReport(study.text(report)))
  for (const [name, svg] of Object.entries((await study.pictures?.(report)) ?? {})) folder.write(name, svg)
  folder.write(files.report, renderPage(await study.page(report, document)))
  return report
}

/** Runs what is not in the log yet. @returns all tasks in the order of the plan. */
async function runMissing<S>(
  { study, settings, document }: StudyExperiment<S, unknown>,
  { sizes, inputs }: { readonly sizes: Sizes; readonly inputs: Readonly<Record<string, string>> },
  options: ExperimentOptions,
  worker: URL,
): Promise<Finished[]> {
  const { folder, processes, signal, stream } = options
  const plan = study.plan(settings, sizes)
  const log = openLog({ study, document, inputs, plan }, options)
  for (const run of log.finished) {
    const place = `${folder.pathOf(files.log)}: ${study.kinds[run.kind].label(run.task)}`
    expectFit(study, settings, sizes, run, place)
  }
  const ended = new Map(log.finished.map((run) => [keyOf(run), run]))
  const missing = plan.filter((job) => !ended.has(keyOf(job)))
  try {
    if (missing.length > 0) {
      const jobs = jobsOf(study, settings, missing)
      const before = missing.length === plan.length ? '' : `${ended.size} of ${plan.length} done; left: `
      const seconds = estimateSeconds(jobs, processes, study.secondsPerCost(settings, sizes))
      stream.write(`${before}${describePlan(jobs, processes, seconds)}\n`)
      await runJobs<object>(jobs, {
        worker,
        processes,
        signal,
        progress: openProgress(jobs, processes, stream),
        note: (job, outcome) => study.kinds[missing[job].kind].note(outcome),
        onEnded(job, answer) {
          const { kind, task } = missing[job]
          const run: Finished = { kind, task, ...answer }
          log.append(run)
          // What is reported is what the log says: a resumed experiment cannot differ from one that was not.
          ended.set(keyOf(run), fromJsonLine(toJsonLine(run)) as Finished)
        },
      })
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    throw new Interrupted(
      log.hasBegun
        ? `interrupted; finished runs: ${ended.size} of ${plan.length}; to go on: ${folder.goOn}`
        : `interrupted before a run finished; ${folder.path} holds what it held before`,
    )
  } finally {
    log.close()
  }
  return plan.map((job) => ended.get(keyOf(job))!)
}
