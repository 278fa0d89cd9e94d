import { join } from 'node:path'
import type { Command } from 'commander'
import { type ReadExperiment, readDocument } from '../document/read-document.ts'
import { UsageError } from '../errors.ts'
import type { Definition } from '../fields/definition.ts'
import { goOn } from '../folder/go-on.ts'
import { hasPlainFile } from '../folder/plain-file.ts'
import { resultFiles } from '../folder/result-files.ts'
import { studyOf } from '../studies/studies.ts'

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
  studies?: readonly Definition[],
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
  const found = studyOf(read.experiment.experiment).definition
  if (studies !== undefined && !studies.includes(found)) {
    throw new UsageError(
      `--resume: expected an experiment of facet ${command.name()} in ${folder}, got one of facet reproduce --study ${found.flag}; '${goOn('run', folder)}' goes on with any`,
    )
  }
  return read
}
