import type { Command } from 'commander'
import { reconstructionsOf } from '../model/row-makers.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addModelArguments, type ModelFlags } from './model-arguments.ts'
import { rowsBy, writeMadeRows } from './write-made-rows.ts'

const examples = `
Reconstructions are in the units of the files: the model's normalisation is
undone, a series' by the mean and deviation of that very series. What a file
lost before it came here, such as pixels divided by 255, stays so.

Examples:
  $ facet reconstruct model new.csv --out smooth.csv
  $ facet reconstruct model new.npy --out smooth.npy`

/** Adds `facet reconstruct MODEL FILE…`. */
export function addReconstructCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('reconstruct')
    .summary('new files as a model reconstructs them')
    .description('Reconstructs the rows of files, in the units of the files.')
  addModelArguments(command, 'rows as .csv, .tsv, .csv.gz, .npy or .npz (default: CSV to stdout, as with -)')
    .addHelpText('after', examples)
    .action(async (model: string, files: string[], { out, ...reading }: ModelFlags) => {
      await writeMadeRows(model, files, out, rowsBy(reconstructionsOf, reading), io)
      end(exitCode.ok)
    })
}
