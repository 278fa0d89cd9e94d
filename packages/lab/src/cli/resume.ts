import { join } from 'node:path'
import type { Command } from 'commander'
import type { ExperimentKindName } from '../document/experiment.ts'
import { type ReadExperiment, readDocument } from '../document/read-document.ts'
import { UsageError } from '../errors.ts'
import { hasPlainFile } from '../folder/plain-file.ts'
import { resultFiles } from '../folder/result-files.ts'
import { resumeCommand } from '../study/resume-command.ts'

/** The command that each experiment is of. */
const commands: Readonly<Record<ExperimentKindName, string>> = {
  reproduce: 'reproduce',
  orbit: 'orbit',
  orbitStudy: 'reproduce --study orbit',
}

/** What may stand beside `--resume`: nothing that a number depends on, and no other folder. */
const allowed = ['resume', 'jobs']

/**
 * The experiment of the folder that `--resume` names.
 *
 * @throws UsageError for other settings beside it, and for a folder without an experiment, or with one of another kind.
 */
export function resumedExperiment(
  folder: string,
  command: Command,
  kinds?: readonly ExperimentKindName[],
): ReadExperiment {
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .filter((option) => !allowed.includes(option.attributeName()))
  const file = join(folder, resultFiles.experiment)
  if (given.length > 0) {
    const flags = given.map(({ long }) => long).join(', ')
    throw new UsageError(`--resume: the experiment goes on with the settings in ${file}; leave out ${flags}`)
  }
  if (!hasPlainFile(file)) throw new UsageError(`--resume: no ${resultFiles.experiment} in ${folder}`)
  const read = readDocument(file)
  const found = read.experiment.experiment
  if (kinds !== undefined && !kinds.includes(found)) {
    throw new UsageError(
      `--resume: expected an experiment of facet ${command.name()} in ${folder}, got one of facet ${commands[found]}; '${resumeCommand(folder)}' goes on with any`,
    )
  }
  return read
}
