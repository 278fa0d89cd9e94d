import type { ReadExperiment } from '../document/read-document.ts'
import type { CommandIo } from './command-io.ts'
import { conduct, type FolderFlags, placeOf } from './conduct.ts'
import { dryRun } from './dry-run.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { tell } from './notes.ts'

export interface ConductFlags extends FolderFlags {
  readonly dryRun?: boolean
}

/**
 * Runs an experiment that was read, or lists its runs.
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
  if (!flags.dryRun) return conduct(io, experiment, placeOf(flags, name, io.now()))
  io.stdout.write(await dryRun(experiment, flags.jobs))
  return exitCode.ok
}
