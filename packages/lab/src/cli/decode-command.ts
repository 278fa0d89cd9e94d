import type { Command } from 'commander'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { codesFor, decodedOf, preparationOfCodes, staysInUnits } from '../model/codes.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { type ModelFlags, modelArgument } from './model-arguments.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'
import { writeMadeRows } from './write-made-rows.ts'

const examples = `
Codes are what facet encode writes: a table with columns z1, z2, …, or an array.
Other columns of a table stay in front; without a header all columns are codes.
Rows are in the units of the files that were encoded: the model's normalisation
is undone, but for series, of which each had its own.

Examples:
  $ facet decode model codes.csv --out rows.csv
  $ facet decode model codes.npy --out rows.npy
  $ facet encode model new.csv | facet decode model /dev/stdin`

/** Adds `facet decode MODEL CODES…`. */
export function addDecodeCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('decode')
    .summary('rows that codes stand for')
    .description('Decodes codes to rows, in the units of the files that were encoded.')
    .argument('<model>', modelArgument)
    .argument('<codes...>', 'files of codes, as facet encode writes them')
    .addOption(
      settingOption(
        '--out <file>',
        'rows as .csv or .npy (default: CSV to stdout, as with -)',
        text('a path'),
        asText,
      ),
    )
  for (const option of readingOptions(['format', 'header', 'drop', 'labels', 'where', 'array']))
    command.addOption(option)
  command
    .addHelpText('after', examples)
    .action(async (model: string, files: string[], { out, ...reading }: ModelFlags) => {
      await writeMadeRows(
        model,
        files,
        out,
        (folder) => {
          if (staysInUnits(folder))
            io.stderr.write(
              "rows stay in the model's units, mean 0 and deviation 1: codes do not say by what each series was normalised\n",
            )
          return {
            preparation: preparationOfCodes(folder),
            read: (file) => codesFor(folder, file, reading),
            maker: decodedOf(folder),
          }
        },
        io,
      )
      end(exitCode.ok)
    })
}
