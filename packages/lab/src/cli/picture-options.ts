import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import type { Provenance } from '../draw/sheet.ts'
import { svgToPng } from '../draw/to-png.ts'
import { text } from '../fields/fields.ts'
import { asNumber, asText } from '../fields/read-text.ts'
import { inOut } from '../folder/out-file.ts'
import type { OpenedNetwork } from '../network-file/open-network.ts'
import { isRandomNetwork, randomSeed } from '../network-file/random-network.ts'
import { plain } from '../text/plain.ts'
import type { CommandIo } from './command-io.ts'
import { settingOption } from './setting-option.ts'

/** Where a picture goes. */
export interface PictureFlags {
  readonly out: string
  readonly scale?: number
  readonly json: boolean
}

const usualEndings: readonly string[] = ['.svg', '.png']

const notAScale = 'expected a number from 0.1 to 10'

/** `--out` and how large a PNG is. */
export const addPictureOptions = (command: Command, endings = usualEndings): Command =>
  command
    .addOption(outOption(endings))
    .addOption(scaleOption())
    .addOption(new Option('--json', 'what is drawn, as one line of JSON').default(false))

function outOption(endings: readonly string[]): Option {
  const listed = endings.join(' or ')
  const field = text('a file').refine(
    (path) => endings.includes(extname(path)),
    `expected a file that ends in ${listed}`,
  )
  return settingOption('--out <file>', `the picture, ${listed}`, field, asText).makeOptionMandatory()
}

const scaleOption = (): Option =>
  settingOption(
    '--scale <n>',
    'of a PNG: pixels for each of the SVG (default: 2)',
    z.number(notAScale).min(0.1, notAScale).max(10, notAScale),
    asNumber,
  )

/** What is said of every picture. */
export const pictureHelp = `
Every picture carries the command that made it, the seed of what was drawn at
random, and the build, under it and in its metadata.`

/** The command line as it was typed, the seeds of networks that were drawn or trained, and that of other draws. */
export function provenanceOf(
  command: Command,
  opened: readonly Pick<OpenedNetwork, 'source' | 'folder'>[],
  seed?: number,
): Provenance {
  let program = command
  while (program.parent !== null) program = program.parent
  const { rawArgs = [] } = program as Command & { readonly rawArgs?: readonly string[] }
  const words = rawArgs.map((word) =>
    /^[\w.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  const drawn = [...opened.flatMap(seedsOf), ...(seed === undefined ? [] : [seed])]
  const seeds = [...new Set(drawn)]
  return { command: ['facet', ...words].join(' '), ...(seeds.length > 0 && { seed: seeds.join(', ') }) }
}

/** The seed that a network's numbers depend on; none of a file that says none. */
function seedsOf({ source, folder }: Pick<OpenedNetwork, 'source' | 'folder'>): number[] {
  if (isRandomNetwork(source)) return [randomSeed(source)]
  return folder === null ? [] : [folder.config.settings.seed]
}

/**
 * Writes a picture as the ending of its file says, and says what is on it.
 * @param facts what `--json` tells beside the file
 * @throws UsageError for a file that cannot be written.
 */
export async function writePicture(
  io: CommandIo,
  svg: string,
  { out, scale, json }: PictureFlags,
  facts: object,
): Promise<void> {
  const content = extname(out) === '.png' ? await svgToPng(svg, scale) : svg
  await inOut(out, io.stdout, (file) => file.write(content))
  if (json) io.stdout.write(`${JSON.stringify({ ...facts, out })}\n`)
  else io.stderr.write(`${plain(out)}\n`)
}
