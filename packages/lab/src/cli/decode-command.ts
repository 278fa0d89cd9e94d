import type { Command } from 'commander'
import { codesFor, decodedOf, preparationOfCodes, staysInUnits } from '../model/codes.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addModelArguments, type ModelFlags } from './model-arguments.ts'
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
  addModelArguments(
    command,
    'rows as .csv, .tsv, .csv.gz, .npy or .npz (default: CSV to stdout, as with -)',
    {
      argument: '<codes...>',
      help: 'files of codes, as facet encode writes them',
      reading: ['format', 'header', 'drop', 'labels', 'where', 'array'],
    },
  )
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
