import type { Command } from 'commander'
import type { CommandIo } from './command-io.ts'
import { addCodesPicture } from './draw-codes-command.ts'
import { addCountsPicture } from './draw-counts-command.ts'
import { addEpsilonPicture } from './draw-epsilon-command.ts'
import { addLifePicture } from './draw-life-command.ts'
import { addPartitionPictures } from './draw-partition-command.ts'
import type { ExitCode } from './exit-code.ts'
import { pictureHelp } from './picture-options.ts'

const examples = `${pictureHelp}

Examples:
  $ facet draw partition random:2-16-16-1 random:2-16-16-1,no-bias --out fig1.svg
  $ facet draw surface model --part decoder --bounds -3,3 --out fig2.png
  $ facet draw counts random:8-16-1 random:8-64-64-1 --out fig3.svg
  $ facet draw epsilon model --out fig5.svg
  $ facet draw life model --plane pca --data new.csv --out life.svg
  $ facet draw codes model new.csv --labels kind --out codes.html
  $ facet help draw partition              options of a picture`

/** Adds `facet draw …`. */
export function addDrawCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const draw = program
    .command('draw')
    .summary('pictures of regions, surfaces, counts, trainings, generators and codes')
    .description('Draws what there is to see of networks, trained or random.')
    .addHelpText('after', examples)
  for (const add of [
    addPartitionPictures,
    addCountsPicture,
    addEpsilonPicture,
    addLifePicture,
    addCodesPicture,
  ])
    add(draw, io, end)
}
