import type { Command } from 'commander'
import { codesOf } from '../model/row-makers.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addModelArguments, type ModelFlags } from './model-arguments.ts'
import { rowsBy, writeMadeRows } from './write-made-rows.ts'

const examples = `
A table has a header z1, z2, … and a line for every row, or window. Before the
codes stand the file, where there are several, and what is kept beside the rows:
ids, time, group, label. A row that cannot be encoded has empty cells.

Examples:
  $ facet encode model new.csv --out codes.csv
  $ facet encode model a.npy b.npy --out codes.npy
  $ facet encode model new.csv | head`

/** Adds `facet encode MODEL FILE…`. */
export function addEncodeCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('encode')
    .summary('latent codes of new files')
    .description('Encodes the rows of files to the codes in the bottleneck of a model.')
  addModelArguments(command, 'codes as .csv, .tsv, .csv.gz, .npy or .npz (default: CSV to stdout, as with -)')
    .addHelpText('after', examples)
    .action(async (model: string, files: string[], { out, ...reading }: ModelFlags) => {
      await writeMadeRows(model, files, out, rowsBy(codesOf, reading), io)
      end(exitCode.ok)
    })
}
