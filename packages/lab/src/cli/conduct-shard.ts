import { join } from 'node:path'
import { hasPlainFile, readPlainText } from '../folder/plain-file.ts'
import { resultFiles } from '../folder/result-files.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { runExperimentShard } from '../run-experiment-shard.ts'
import type { Experiment } from '../studies/studies.ts'
import { shardEndText } from '../study/run-shard.ts'
import type { Shard } from '../study/shard.ts'
import { readRecord } from '../study/shard-record.ts'
import { plain } from '../text/plain.ts'
import type { CommandIo } from './command-io.ts'
import { type FolderFlags, placeOf } from './conduct.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** The shard that a folder holds; `null` for none. */
export function shardIn(folder: string): Shard | null {
  const path = join(folder, resultFiles.shard)
  if (!hasPlainFile(path)) return null
  const { index, count } = readRecord(readPlainText(path), path)
  return { index, count }
}

/** `facet-results/reproduce-shard-0-of-4`: without a time, so that whoever is started again finds it. */
const folderOf = (name: string, { index, count }: Shard): string =>
  join('facet-results', `${name}-shard-${index}-of-${count}`)

/** Runs a shard and says so. A run that failed has its message as its result; lost ones are left to whoever is started next. */
export function conductShard(
  io: CommandIo,
  experiment: Experiment,
  shard: Shard,
  flags: FolderFlags,
  name: string,
): Promise<ExitCode> {
  const { resume, out } = flags
  const { folder: path, ...how } = placeOf({ ...flags, out: out ?? folderOf(name, shard) }, name, io.now())
  return inResultFolder(
    path,
    async (folder) => {
      const end = await runExperimentShard(experiment, shard, {
        folder,
        processes: how.jobs,
        signal: io.signal,
        stream: io.stderr,
        unfinished: how.unfinished,
      })
      io.stdout.write(
        `${shardEndText(shard, end)}; facet merge puts the shards together\nfolder   ${plain(path)}\n`,
      )
      return end.lost === 0 ? exitCode.ok : exitCode.failed
    },
    resume === undefined ? '--out' : '--resume',
  )
}
