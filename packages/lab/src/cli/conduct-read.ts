import type { ReadExperiment } from '../document/read-document.ts'
import type { CommandIo } from './command-io.ts'
import { conduct, type FolderFlags, placeOf } from './conduct.ts'
import { conductShard, shardIn } from './conduct-shard.ts'
import { dryRun } from './dry-run.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { tell } from './notes.ts'
import { shardOf } from './shard-option.ts'

export interface ConductFlags extends FolderFlags {
  readonly dryRun?: boolean
  readonly shard?: string
}

/**
 * Runs an experiment that was read, or one of its shards, or lists its runs.
 *
 * @param name of the folder that it gets where nobody names one
 */
export async function conductRead(
  io: CommandIo,
  { experiment, notes }: ReadExperiment,
  flags: ConductFlags,
  name: string,
): Promise<ExitCode> {
  tell(io, notes)
  // A folder knows which shard it holds.
  const told = flags.resume === undefined ? shardOf(flags.shard, io.env ?? {}) : null
  if (told?.said) tell(io, [told.said])
  const shard = flags.resume === undefined ? (told?.shard ?? null) : shardIn(flags.resume)
  if (flags.dryRun) {
    io.stdout.write(await dryRun(experiment, flags.jobs, shard))
    return exitCode.ok
  }
  return shard === null
    ? conduct(io, experiment, placeOf(flags, name, io.now()))
    : conductShard(io, experiment, shard, flags, name)
}
