import type { Command } from 'commander'
import { wholeNumber } from '../fields/fields.ts'
import { asNumber } from '../fields/read-text.ts'
import { kindByEnding } from '../folder/out-ending.ts'
import { inTextTable, textTableKinds } from '../folder/text-table.ts'
import { openModel } from '../model/open-model.ts'
import { renderScores } from '../model/render-scores.ts'
import { writeScores } from '../model/write-scores.ts'
import { coloursOf } from '../text/colours.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addModelArguments, type ModelFlags } from './model-arguments.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends ModelFlags {
  readonly top: number
}

const examples = `
One line of CSV for every row: reconstruction error (mean square, in the
model's units), its percentile among the rows trained on and among those held
out, rarity of the region the row lies in (bits a unit, encoder and decoder),
how many units differ from the nearest region of a training row, and which row
that is. The table of the rows with the largest errors goes to stdout with
--out, else to stderr.

Examples:
  $ facet score model new.csv --out scores.csv
  $ facet score model new.csv --top 0 | sort -t, -k4 -g`

/** Adds `facet score MODEL FILE…`. */
export function addScoreCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('score')
    .summary('how unusual the rows of new files are')
    .description('Scores the rows of files: reconstruction error and rarity of the region.')
  addModelArguments(command, 'scores as CSV (default: to stdout, as with -)')
    .addOption(settingOption('--top <n>', 'rows in the table', wholeNumber(0), asNumber).default(10))
    .addHelpText('after', examples)
    .action(async (model: string, files: string[], { out, top, ...reading }: Flags) => {
      const kind = kindByEnding(out, textTableKinds)
      const folder = await openModel(model)
      const job = { folder, files, reading, top, signal: io.signal }
      const scored = await inTextTable(out, kind, io.stdout, (sink) => writeScores(job, sink))
      const stream = out === undefined || out === '-' ? io.stderr : io.stdout
      if (top > 0) stream.write(`${renderScores(scored, coloursOf(stream))}\n`)
      end(exitCode.ok)
    })
}
