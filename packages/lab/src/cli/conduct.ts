import { join } from 'node:path'
import { resultFiles } from '../folder/result-files.ts'
import { defaultResultFolder, inResultFolder } from '../folder/result-folder.ts'
import { runExperiment } from '../run-experiment.ts'
import type { Experiment } from '../studies/studies.ts'
import type { ExperimentOptions } from '../study/study.ts'
import { coloursOf } from '../text/colours.ts'
import { plain } from '../text/plain.ts'
import { plainReport } from '../text/report-text.ts'
import { type CommandIo, columnsOf } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** The flags that say where and how an experiment is run. */
export interface FolderFlags {
  readonly jobs: number
  readonly out?: string
  readonly resume?: string
  readonly overwrite?: boolean
}

interface Place extends Pick<ExperimentOptions, 'unfinished'> {
  readonly folder: string
  readonly jobs: number
}

/** The folder of an experiment of that name, and what to do with what is in it. */
export const placeOf = ({ jobs, out, resume, overwrite }: FolderFlags, name: string, now: Date): Place => ({
  folder: resume ?? out ?? defaultResultFolder(name, now),
  jobs,
  unfinished: resume !== undefined ? 'resume' : overwrite ? 'overwrite' : 'refuse',
})

/** Runs an experiment, prints its table and where its files are. */
export const conduct = (
  io: CommandIo,
  experiment: Experiment,
  { folder: path, jobs, unfinished }: Place,
): Promise<ExitCode> =>
  inResultFolder(
    path,
    async (folder) => {
      const { text } = await runExperiment(experiment, {
        folder,
        processes: jobs,
        signal: io.signal,
        stream: io.stderr,
        unfinished,
      })
      const table = plainReport(text, columnsOf(io.stdout), coloursOf(io.stdout))
      io.stdout.write(
        `\n${table}\n\nreport   ${plain(join(path, resultFiles.report))}\nresults  ${plain(path)}\n`,
      )
      return text.failures.length === 0 ? exitCode.ok : exitCode.failed
    },
    unfinished === 'resume' ? '--resume' : '--out',
  )
