import { basename, extname } from 'node:path'
import { key } from '@facet/tensor'
import type { Command } from 'commander'
import { codesPicture } from '../draw/codes-picture.ts'
import { codesPage, drawCodes } from '../draw/draw-codes.ts'
import { UsageError } from '../errors.ts'
import { wholeNumber } from '../fields/fields.ts'
import { asNumber } from '../fields/read-text.ts'
import { codePlane, codePoints } from '../model/code-points.ts'
import type { ReadingOptions } from '../model/new-samples.ts'
import { openModel } from '../model/open-model.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { modelArgument } from './model-arguments.ts'
import {
  addPictureOptions,
  type PictureFlags,
  pictureHelp,
  provenanceOf,
  writePicture,
} from './picture-options.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends ReadingOptions, PictureFlags {
  readonly points: number
  readonly seed: number
}

const examples = `${pictureHelp}

Codes of two numbers are drawn as they are; of longer ones the two directions of
largest variance. Labels give colours and shapes. A point says its row, label and
ids where a mouse rests on it. A page (.html) is light or dark as its reader has it.

Examples:
  $ facet draw codes model new.csv --labels kind --out codes.svg
  $ facet draw codes model t10k-images-idx3-ubyte.gz --labels-file t10k-labels-idx1-ubyte.gz --out codes.html`

/** Adds `facet draw codes`. */
export function addCodesPicture(draw: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = draw
    .command('codes')
    .summary('codes of files, by their labels')
    .description('Draws the codes of the rows of files in a plane, by their labels.')
    .argument('<model>', modelArgument)
    .argument('<file...>', 'files with the columns that the model was trained on')
    .addOption(
      settingOption('--points <n>', 'drawn at most, a random part of more', wholeNumber(1), asNumber).default(
        5000,
      ),
    )
    .addOption(settingOption('--seed <n>', 'of that part', wholeNumber(0), asNumber).default(0))
  for (const option of readingOptions()) command.addOption(option)
  addPictureOptions(command, ['.svg', '.png', '.html'])
    .addHelpText('after', examples)
    .action(
      async (path: string, files: string[], { points: most, seed, out, scale, json, ...reading }: Flags) => {
        const folder = await openModel(path)
        const found = await codePoints(folder, files, reading, io.signal)
        const { points, count, leftOut } = found
        if (points.length === 0)
          throw new UsageError(
            `${files.join(', ')}: expected rows that can be encoded, got none${leftOut.length === 0 ? '' : `: ${leftOut[0].reason}`}`,
          )
        const plane = codePlane(points.map(({ code }) => code))
        // Also where all are drawn: no class covers another.
        const order = key(seed).child('points').permutation(points.length).slice(0, most)
        const picture = codesPicture(found, plane, { order, seed, isOfSeveral: files.length > 1 })
        const shown = {
          ...picture,
          title: `Codes of ${files.map((file) => basename(file)).join(', ')}`,
          provenance: provenanceOf(command, [{ source: path, folder }], seed),
        }
        const content = extname(out) === '.html' ? codesPage(shown) : drawCodes(shown)
        const facts = {
          rows: count,
          encoded: points.length,
          drawn: order.length,
          leftOut,
          classes: picture.classes,
          shares: plane.shares,
        }
        await writePicture(io, content, { out, json, ...(scale !== undefined && { scale }) }, facts)
        end(exitCode.ok)
      },
    )
}
