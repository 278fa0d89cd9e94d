import { crc32 } from '@facet/tensor'
import { documentText } from '../document/write-document.ts'
import { UsageError } from '../errors.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import { type LogContent, type LoggedRun, RunLog, readRunLogFile } from '../folder/run-log.ts'
import { counted } from '../text/number.ts'
import { plain } from '../text/plain.ts'
import { versions } from '../version.ts'
import type { ExperimentName } from '../worker.ts'
import { resumeCommand } from './resume-command.ts'
import type { ExperimentOptions, Study } from './study.ts'

/** A log to append to. */
export interface OpenLog {
  /** The runs that are in it already. */
  readonly finished: readonly LoggedRun[]
  /** False until the first run where the folder holds runs of an experiment that this one replaces. */
  readonly hasBegun: boolean
  append(run: LoggedRun): void
  close(): void
}

type AnyStudy = Pick<Study<ExperimentName, unknown>, 'experiment' | 'jobs' | 'inputs'>

const headerOf = ({ experiment, inputs }: AnyStudy) => ({
  settings: crc32(new TextEncoder().encode(documentText(experiment)))
    .toString(16)
    .padStart(8, '0'),
  inputs,
})

/**
 * Begins an experiment in a folder, or goes on with one. The document is written before anything else, and old results
 * go before a new document comes: whatever the folder holds at any moment belongs to its document. Runs that are there
 * already stay until the first of the new ones has finished: an experiment that is stopped before costs nothing.
 *
 * @throws UsageError for an unfinished experiment that is not to be resumed or overwritten, and for one whose settings
 * or data have changed since.
 */
export function openLog(study: AnyStudy, options: ExperimentOptions): OpenLog {
  const { folder, unfinished = 'refuse', stream } = options
  const logPath = folder.pathOf(files.log)
  const before = readRunLogFile(logPath)
  const isResumed = unfinished === 'resume' && before !== null
  const finished = isResumed ? usableRuns(study, before, logPath) : []
  if (isResumed) {
    for (const warning of warningsOf(before, finished, logPath))
      stream.write(`facet: warning: ${plain(warning)}\n`)
  }
  const count = before === null ? 0 : before.runs.length + before.damaged.length
  if (unfinished === 'refuse' && count > 0) {
    throw new UsageError(
      `${folder.path}: ${counted(count, 'finished run')} of an unfinished experiment; '${resumeCommand(folder.path)}' goes on, --overwrite starts again`,
    )
  }
  const logOf = (runs: readonly LoggedRun[]): RunLog => new RunLog(logPath, headerOf(study), runs)
  const begin = (runs: readonly LoggedRun[]): RunLog => {
    for (const name of [files.report, files.table, files.results, files.log]) folder.remove(name)
    folder.write(files.experiment, documentText(study.experiment))
    return logOf(runs)
  }
  const replacesRuns = count > 0 || folder.has(files.results)
  let log = isResumed ? logOf(finished) : replacesRuns ? null : begin([])
  return {
    finished,
    get hasBegun() {
      return log !== null
    },
    append(run) {
      if (log === null) log = begin([run])
      else log.append(run)
    },
    close: () => log?.close(),
  }
}

/** The last entry of every job of the plan. @throws UsageError if they were computed from something else. */
function usableRuns(study: AnyStudy, { header, runs }: LogContent, logPath: string): LoggedRun[] {
  const now = headerOf(study)
  const count = counted(runs.length, 'finished run')
  if (header !== null && header.settings !== now.settings) {
    throw new UsageError(
      `--resume: ${files.experiment} is not what the ${count} in ${logPath} were computed with; put its settings back, or start again with --overwrite`,
    )
  }
  const changed = Object.keys(now.inputs).filter((name) => header && header.inputs[name] !== now.inputs[name])
  if (changed.length > 0) {
    throw new UsageError(
      `--resume: the data of ${changed.join(', ')} have changed since the ${count} in ${logPath}; put them back, or start again with --overwrite`,
    )
  }
  const byJob = new Map(
    runs.filter(({ job, label }) => study.jobs[job]?.label === label).map((run) => [run.job, run]),
  )
  return [...byJob.values()]
}

function warningsOf({ runs, damaged }: LogContent, usable: readonly LoggedRun[], logPath: string): string[] {
  const here = JSON.stringify(versions)
  const other = usable.find((run) => JSON.stringify(run.versions) !== here)
  const strange = runs.length - usable.length
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

const versionText = (these: object): string =>
  Object.entries(these)
    .map(([name, version]) => (name === 'platform' ? version : `${name} ${version}`))
    .join(', ')
