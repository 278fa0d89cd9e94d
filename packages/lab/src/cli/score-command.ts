import { sampleScoreRules } from '@facet/data'
import type { Command } from 'commander'
import * as z from 'zod'
import { oneOf, wholeNumber } from '../fields/fields.ts'
import { asNumber, asText } from '../fields/read-text.ts'
import { kindByEnding } from '../folder/out-ending.ts'
import { isOutput } from '../folder/out-file.ts'
import { inTextTable, textTableKinds } from '../folder/text-table.ts'
import { openModel } from '../model/open-model.ts'
import { rowsProgress } from '../model/progress-line.ts'
import { renderScores } from '../model/render-scores.ts'
import type { ScoreBy } from '../model/score.ts'
import { writeScores } from '../model/write-scores.ts'
import { coloursOf } from '../text/colours.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addModelArguments, type ModelFlags } from './model-arguments.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends ModelFlags {
  readonly alpha: number
  readonly fdr?: number
  readonly by: ScoreBy
  readonly explain?: true
  readonly baseline?: true
  readonly regions: boolean
  readonly top: number
}

const examples = `
One line for every row, also for one that cannot be scored: its number, the
columns kept beside it, the label; the reconstruction error (mean square, in
the model's units); p, the share of rows like those held out with such an error
or a larger one; anomaly, 1 for an alarm; the error's percentile among the rows
trained on and held out; the rarity of the region that the row lies in (bits a
unit, encoder and decoder), how many units differ from the nearest region of a
training row, and which row that is. --explain adds the columns with the
largest shares of the error, and the one whose change alone takes away most.
The table of the rows with the largest errors, and what is found in the files,
go to stdout with --out, else to stderr.

With n rows held out no p is below 1 / (n + 1). Where --alpha is, alarms follow
from the median and the spread of their errors, and the output says so. Of a
model of windows, a row gets the largest, mean or last error of its windows:
with max, the usual, more rows are false alarms than the share of --alpha.

Examples:
  $ facet score model new.csv --out scores.csv
  $ facet score model new.csv --explain --alpha 0.001 --out scores.csv
  $ facet score model.safetensors monday.csv tuesday.csv --baseline --top 0
  $ facet score model new.csv --top 0 | sort -t, -k4 -g`

const aShare = 'expected a number above 0 and below 1'

const share = z.number(aShare).gt(0, aShare).lt(1, aShare)

/** Adds `facet score MODEL FILE…`. */
export function addScoreCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('score')
    .summary('how unusual the rows of new files are')
    .description('Scores the rows of files: reconstruction error, alarms, and rarity of the region.')
  addModelArguments(command, 'scores as .csv, .tsv or .csv.gz (default: CSV to stdout, as with -)')
    .addOption(
      settingOption(
        '--alpha <share>',
        'of rows like those held out that are alarms',
        share,
        asNumber,
      ).default(0.01),
    )
    .addOption(settingOption('--fdr <share>', 'of the alarms that may be false, instead', share, asNumber))
    .addOption(
      settingOption(
        '--by <rule>',
        `error of a row in several windows: ${sampleScoreRules.join(', ')}`,
        oneOf(sampleScoreRules),
        asText,
      ).default('max', 'max'),
    )
    .option('--explain', 'which columns the errors lie in')
    .option('--baseline', 'whether the file as a whole differs from the rows held out')
    .option('--no-regions', 'leave out the rarity of regions')
    .addOption(settingOption('--top <n>', 'rows in the table', wholeNumber(0), asNumber).default(10))
    .addHelpText('after', examples)
    .action(async (model: string, files: string[], flags: Flags) => {
      const {
        out,
        alpha,
        fdr = null,
        by,
        explain = false,
        baseline = false,
        regions,
        top,
        ...reading
      } = flags
      const kind = kindByEnding(out, textTableKinds)
      const folder = await openModel(model)
      const rules = { alpha, fdr, by, explain, hasRegions: regions }
      const progress = rowsProgress(io.stderr)
      const job = { folder, files, reading, rules, hasBaseline: baseline, top, progress, signal: io.signal }
      const scored = await inTextTable(out, kind, io.stdout, (sink) => writeScores(job, sink)).finally(
        progress.stop,
      )
      const stream = isOutput(out) ? io.stderr : io.stdout
      stream.write(`${renderScores(scored, rules, coloursOf(stream))}\n`)
      end(exitCode.ok)
    })
}
