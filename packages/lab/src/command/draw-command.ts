import { extname } from 'node:path'
import type { Command, Option } from 'commander'
import * as z from 'zod'
import { oneOf, text } from '../document/fields.ts'
import { drawPartitions, drawSurfaces, type PartitionPicture } from '../draw/draw-partitions.ts'
import { type Colouring, colourings } from '../draw/partition-panel.ts'
import type { Provenance } from '../draw/sheet.ts'
import { isRandomNetwork, randomSeed } from '../network-file/random-network.ts'
import { writeAtomically } from '../output/atomic.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { networkHelp } from './network-options.ts'
import { addPartitionOptions, type PartitionFlags, partitionOf } from './partition-command.ts'
import { asList, asNumber, asText, settingOption } from './setting-option.ts'
import { UsageError } from './usage-error.ts'

interface PictureFlags {
  readonly out: string
  readonly scale?: number
}

interface PartitionPictureFlags extends PartitionFlags, PictureFlags {
  readonly colour?: Colouring
  readonly at?: readonly [number, number]
  readonly azimuth?: number
  readonly elevation?: number
}

const about = `
Every picture carries the command that made it, the seed of what was drawn at
random, and the build, under it and in its metadata.`

const partitionExamples = `${networkHelp}
${about}

Several networks stand side by side. --colour says what regions are coloured by:
region, slope (the norm of A on the plane), codes (units with another state than
in the region at --at), error (the largest ‖x − f(x)‖² of the region).

Examples:
  $ facet draw partition random:2-16-16-1 random:2-16-16-1,no-bias --out fig1.svg
  $ facet draw partition model --part decoder --colour slope --out decoder.png
  $ facet draw partition model --plane pca --data new.csv --colour error \\
      --bounds -2,2 --out error.svg`

const surfaceExamples = `${networkHelp}
${about}

Of three outputs or more the three directions of largest variance are drawn,
the widest across; of one or two outputs the first is drawn over the plane.

Examples:
  $ facet draw surface random:2-16-16-3 --bounds -2,2 --out fig2.svg
  $ facet draw surface model --part decoder --bounds -3,3 --colour slope \\
      --azimuth 60 --elevation 20 --out surface.png`

const anAngle = z.number('expected an angle in degrees')

const outOption = (): Option =>
  settingOption('--out <file>', 'the picture, .svg or .png', pictureField, asText).makeOptionMandatory()

const endings = ['.svg', '.png']

const pictureField = text('a file').refine(
  (path) => endings.includes(extname(path)),
  `expected a file that ends in ${endings.join(' or ')}`,
)

const scaleOption = (): Option =>
  settingOption(
    '--scale <n>',
    'of a PNG: pixels for each of the SVG (default: 2)',
    z
      .number('expected a number from 0.1 to 10')
      .min(0.1, 'expected a number from 0.1 to 10')
      .max(10, 'expected a number from 0.1 to 10'),
    asNumber,
  )

/** Adds `facet draw partition` and the other pictures. */
export function addDrawCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const draw = program
    .command('draw')
    .summary('pictures of partitions and surfaces, as SVG or PNG')
    .description('Draws the linear regions of networks, trained or random.')
    .addHelpText('after', partitionExamples.slice(partitionExamples.indexOf('\nExamples:')))

  const picture = (
    name: string,
    summary: string,
    examples: string,
    make: (picture: PartitionPicture) => string,
  ) =>
    addPartitionOptions(draw.command(name).summary(summary).description(`${summary}.`), '<network...>')
      .addOption(
        settingOption(
          '--colour <name>',
          `regions by ${Object.keys(colourings).join(', ')} (default: region)`,
          oneOf(Object.keys(colourings) as Colouring[]),
          asText,
        ),
      )
      .addOption(
        settingOption(
          '--at <s,t>',
          'the point whose region codes are compared with (default: the middle)',
          z.tuple([z.number(), z.number()], 'expected two numbers S,T'),
          asList(asNumber),
        ),
      )
      .addOption(outOption())
      .addOption(scaleOption())
      .addHelpText('after', examples)
      .action(async (sources: string[], flags: PartitionPictureFlags) => {
        const asked = []
        for (const source of sources) asked.push({ name: source, ...(await partitionOf(source, flags)) })
        const { colour, at, azimuth, elevation } = flags
        const provenance = provenanceOf(program, sources)
        const svg = make({
          partitions: asked,
          window: asked[0].window,
          colour,
          at,
          provenance,
          ...{ azimuth, elevation },
        })
        await writePicture(svg, flags)
        io.stderr.write(`${flags.out}\n`)
        end(exitCode.ok)
      })

  picture('partition', 'regions of networks in a plane', partitionExamples, drawPartitions)
  picture('surface', 'what networks make of a plane, as surfaces', surfaceExamples, drawSurfaces)
    .addOption(
      settingOption('--azimuth <degrees>', 'turned about the upright axis (default: 35)', anAngle, asNumber),
    )
    .addOption(
      settingOption('--elevation <degrees>', 'seen from so far above (default: 40)', anAngle, asNumber),
    )
}

/** The command line as it was typed, and the seeds of random networks. */
export function provenanceOf(
  { rawArgs }: Command & { readonly rawArgs?: readonly string[] },
  sources: readonly string[],
): Provenance {
  const words = (rawArgs ?? []).map((word) =>
    /^[\w.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  const seeds = [...new Set(sources.filter(isRandomNetwork).map(randomSeed))]
  return { command: ['facet', ...words].join(' '), ...(seeds.length > 0 && { seed: seeds.join(', ') }) }
}

/** Writes a picture as the ending of its file says. @throws UsageError for a file that cannot be written. */
export async function writePicture(svg: string, { out, scale }: PictureFlags): Promise<void> {
  const content = extname(out) === '.png' ? (await import('../draw/to-png.ts')).svgToPng(svg, scale) : svg
  try {
    writeAtomically(out, content)
  } catch (error) {
    throw new UsageError(`--out: ${(error as Error).message}`)
  }
}
