import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { checksum } from '../folder/checksum.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { type LogContent, type LoggedRun, RunLog, readRunLogFile } from '../folder/run-log.ts'
import { counted } from '../text/number.ts'
import { type Versions, versions } from '../version.ts'
import { parsed, versionsField } from './results.ts'
import { type ExperimentOptions, type Finished, keyOf, type Planned, type Study } from './study.ts'

/** An experiment that is run: what a log has to belong to. */
export interface LoggedStudy<S> {
  readonly study: Pick<Study<S, unknown>, 'kinds'>
  /** The experiment as a document. */
  readonly document: string
  readonly inputs: Readonly<Record<string, string>>
  readonly plan: readonly Planned[]
  /** Called once the document is there, before the log. */
  begun?(): void
}

/** A log to append to. */
export interface OpenLog {
  /** What is in it already. */
  readonly finished: readonly Finished[]
  /** False until the first run where the folder holds runs of an experiment that this one replaces. */
  readonly hasBegun: boolean
  append(run: Finished): void
  close(): void
}

/**
 * Begins an experiment in a folder, or goes on with one. The document is written before anything else, and old results
 * go before a new document comes: whatever the folder holds at any moment belongs to its document. Runs that are there
 * already stay until the first of the new ones has finished: an experiment that is stopped before costs nothing.
 *
 * @throws UsageError for an unfinished experiment that is not to be resumed or overwritten, and for one whose settings
 * or data have changed since.
 */
export function openLog<S>(logged: LoggedStudy<S>, options: ExperimentOptions): OpenLog {
  const { folder, unfinished = 'refuse', stream } = options
  const { document, inputs } = logged
  folder.expectPlain(Object.values(files))
  const logPath = folder.pathOf(files.log)
  // What is overwritten need not be sound.
  const before = unfinished === 'overwrite' ? null : readRunLogFile(logPath)
  const isResumed = unfinished === 'resume' && before !== null
  const finished = isResumed ? usableRuns(logged, before, options) : []
  if (isResumed) {
    for (const warning of warningsOf(before, finished, logPath)) stream.write(`facet: warning: ${warning}\n`)
  }
  const count = before === null ? 0 : before.runs.length + before.damaged.length
  if (unfinished === 'refuse' && count > 0) {
    throw new UsageError(
      `${folder.path}: ${counted(count, 'finished run')} of an unfinished experiment; '${folder.goOn}' goes on, --overwrite starts again`,
    )
  }
  const entryOf = (run: Finished): LoggedRun => {
    const key = keyOf(run)
    const { kind, task, outcome, error, lost, versions: by, seconds } = run
    return {
      job: logged.plan.findIndex((planned) => keyOf(planned) === key),
      label: logged.study.kinds[kind].label(task),
      kind,
      task,
      versions: by,
      seconds,
      outcome,
      error,
      lost,
    }
  }
  const logOf = (runs: readonly Finished[]): RunLog =>
    new RunLog(logPath, { settings: checksum(document), inputs }, runs.map(entryOf))
  const begin = (runs: readonly Finished[]): RunLog => {
    folder.removeResults()
    folder.write(files.experiment, document)
    logged.begun?.()
    return logOf(runs)
  }
  const replacesRuns =
    count > 0 || folder.has(files.results) || (unfinished === 'overwrite' && folder.has(files.log))
  let log = isResumed ? logOf(finished) : replacesRuns ? null : begin([])
  return {
    finished,
    get hasBegun() {
      return log !== null
    },
    append(run) {
      if (log === null) log = begin([run])
      else log.append(entryOf(run))
    },
    close: () => log?.close(),
  }
}

/** What is to be kept of a log: the last entry of every task of the plan, but for those that were lost with their worker. @throws UsageError if they were computed from something else. */
export function usableRuns<S>(
  { study, document, inputs, plan }: LoggedStudy<S>,
  { header, runs }: LogContent,
  { folder }: { readonly folder: Pick<ResultFolder, 'pathOf' | 'read'> },
): Finished[] {
  const logPath = folder.pathOf(files.log)
  const count = counted(runs.length, 'finished run')
  if (header === null) return []
  // The first release wrote some names in a document otherwise; its document is still the one beside its log.
  const known = [checksum(document), checksum(folder.read(files.experiment))]
  if (!known.includes(header.settings)) {
    throw new UsageError(
      `--resume: ${files.experiment} is not what the ${count} in ${logPath} were computed with; put its settings back, or start again with --overwrite`,
    )
  }
  const changed = Object.keys(inputs).filter((name) => header.inputs[name] !== inputs[name])
  if (changed.length > 0) {
    throw new UsageError(
      `--resume: the data of ${changed.join(', ')} have changed since the ${count} in ${logPath}; put them back, or start again with --overwrite`,
    )
  }
  const planned = new Map(plan.map((job) => [keyOf(job), job]))
  const byKey = new Map<string, Finished>()
  for (const run of runs) {
    const job = planned.get(keyOf({ kind: '', task: {}, ...(run as object) })) ?? oldJob(study, plan, run)
    // What is not kept is repeated.
    if (job === undefined) continue
    if (run.lost) byKey.delete(keyOf(job))
    else byKey.set(keyOf(job), finishedOf(study, job, run, logPath))
  }
  return [...byKey.values()]
}

/** The first release noted a run by its place in the plan and its name there. */
function oldJob<S>(
  { kinds }: Pick<Study<S, unknown>, 'kinds'>,
  plan: readonly Planned[],
  { job, label }: LoggedRun,
): Planned | undefined {
  const planned = plan[job]
  return planned !== undefined && kinds[planned.kind].label(planned.task) === label ? planned : undefined
}

function finishedOf<S>(
  { kinds }: Pick<Study<S, unknown>, 'kinds'>,
  { kind, task }: Planned,
  { label, outcome, error, versions: by, seconds }: LoggedRun,
  logPath: string,
): Finished {
  const place = `${logPath}: ${label}`
  const result =
    error === undefined
      ? { outcome: parsed(kinds[kind].outcome, outcome, place) }
      : { error: parsed(z.string(), error, place) }
  return {
    kind,
    task,
    ...result,
    versions: parsed(versionsField, by, place) as Versions,
    ...(seconds === undefined ? {} : { seconds }),
  }
}

function warningsOf({ runs, damaged }: LogContent, usable: readonly Finished[], logPath: string): string[] {
  const other = usable.find((run) => versionText(run.versions) !== versionText(versions))
  const strange = runs.filter(({ lost }) => !lost).length - usable.length
  return [
    ...damaged.map((line) => `${logPath}:${line}: damaged line (checksum differs); its run is repeated`),
    ...(strange > 0 ? [`${logPath}: ${counted(strange, 'run')} that this plan does not have, left out`] : []),
    ...(other === undefined
      ? []
      : [
          `finished runs were computed by ${versionText(other.versions)}, the others will be by ${versionText(versions)}; last digits may differ`,
        ]),
  ]
}

/** Without the engine: which one the others will have, their workers find out. */
const versionText = ({ facet, node, platform }: Versions): string =>
  `facet ${facet}, node ${node}, ${platform}`
