import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { resultFiles } from '../folder/result-files.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { mergeExperiment } from '../merge-experiment.ts'
import { coloursOf } from '../text/colours.ts'
import { plain } from '../text/plain.ts'
import { plainReport } from '../text/report-text.ts'
import { type CommandIo, columnsOf } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { outOption, overwriteOption } from './shared-options.ts'

const examples = `
The folders may be given in any order, each shard once. results.jsonl and
table.md are the same bytes as of one run; the data are not needed.

Examples:
  $ facet merge results/shard-*-of-4 --out results/whole`

/** Adds `facet merge`. */
export function addMergeCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('merge')
    .summary('put the shards of an experiment together')
    .description('Puts the result folders of all shards of an experiment together.')
    .argument('<folder...>', 'result folders of shards')
    .addOption(outOption([]).makeOptionMandatory())
    .addOption(overwriteOption())
    .addHelpText('after', examples)
    .action(async (folders: string[], { out, overwrite }: { out: string; overwrite?: boolean }) => {
      if (folders.some((folder) => resolve(folder) === resolve(out))) {
        throw new UsageError(`--out: ${out} is the folder of a shard: name another`)
      }
      await inResultFolder(out, async (folder) => {
        if (folder.has(resultFiles.log) && !overwrite) {
          throw new UsageError(`${out}: holds an unfinished experiment; --overwrite replaces it`)
        }
        const { text } = await mergeExperiment(folders, folder)
        const table = plainReport(text, columnsOf(io.stdout), coloursOf(io.stdout))
        io.stdout.write(
          `\n${table}\n\nreport   ${plain(join(out, resultFiles.report))}\nresults  ${plain(out)}\n`,
        )
        end(text.failures.length === 0 ? exitCode.ok : exitCode.failed)
      })
    })
}
