import type { Command } from 'commander'
import * as z from 'zod'
import { drawPartitions, drawSurfaces, type SurfacePicture } from '../draw/draw-partitions.ts'
import { type Colouring, colourings } from '../draw/partition-panel.ts'
import { oneOf } from '../fields/fields.ts'
import { asList, asNumber, asText } from '../fields/read-text.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { networkHelp } from './network-options.ts'
import { addPartitionOptions, type PartitionFlags, partitionOf } from './partition-command.ts'
import {
  addPictureOptions,
  type PictureFlags,
  pictureHelp,
  provenanceOf,
  writePicture,
} from './picture-options.ts'
import { settingOption } from './setting-option.ts'

interface PartitionPictureFlags extends PartitionFlags, PictureFlags {
  readonly colour?: Colouring
  readonly at?: readonly [number, number]
  readonly azimuth?: number
  readonly elevation?: number
}

const partitionExamples = `${networkHelp}
${pictureHelp}

Several networks stand side by side. --colour says what regions are coloured by:
region, slope (the norm of A on the plane), codes (units with another state than
in the region at --at), error (the largest ‖x − f(x)‖² of the region).

Examples:
  $ facet draw partition random:2-16-16-1 random:2-16-16-1,no-bias --out fig1.svg
  $ facet draw partition model --part decoder --colour slope --out decoder.png
  $ facet draw partition model --plane pca --data new.csv --colour error \\
      --bounds -2,2 --out error.svg`

const surfaceExamples = `${networkHelp}
${pictureHelp}

Of three outputs or more the three directions of largest variance are drawn,
the widest across; of one or two outputs the first is drawn over the plane.

Examples:
  $ facet draw surface random:2-16-16-3 --bounds -2,2 --out fig2.svg
  $ facet draw surface model --part decoder --bounds -3,3 --colour slope \\
      --azimuth 60 --elevation 20 --out surface.png`

const anAngle = z.number('expected an angle in degrees')

interface Picture {
  readonly name: string
  readonly summary: string
  readonly examples: string
  make(picture: SurfacePicture): string
}

/** `facet draw <name>` of a picture of partitions. */
function addPicture(
  { name, summary, examples, make }: Picture,
  draw: Command,
  io: CommandIo,
  end: (code: ExitCode) => void,
) {
  const command = draw.command(name).summary(summary).description(`Draws ${summary}.`)
  addPartitionOptions(command, '<network...>')
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
  return addPictureOptions(command)
    .addHelpText('after', examples)
    .action(async (sources: string[], flags: PartitionPictureFlags) => {
      const partitions = []
      for (const source of sources) partitions.push({ name: source, ...(await partitionOf(source, flags)) })
      const [{ window }] = partitions
      const { colour, at, azimuth, elevation } = flags
      const provenance = provenanceOf(
        command,
        partitions.map(({ opened }) => opened),
      )
      const svg = make({ partitions, window, colour, at, azimuth, elevation, provenance })
      const drawn = partitions.map(({ name, partition: { regions, complete, verified } }) => ({
        network: name,
        regions,
        complete,
        verified,
      }))
      await writePicture(io, svg, flags, { drawn })
      end(exitCode.ok)
    })
}

/** Adds `facet draw partition` and `facet draw surface`. */
export function addPartitionPictures(draw: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  addPicture(
    {
      name: 'partition',
      summary: 'the regions of networks in a plane',
      examples: partitionExamples,
      make: drawPartitions,
    },
    draw,
    io,
    end,
  )
  addPicture(
    {
      name: 'surface',
      summary: 'what networks make of a plane, with the borders of regions',
      examples: surfaceExamples,
      make: drawSurfaces,
    },
    draw,
    io,
    end,
  )
    .addOption(
      settingOption('--azimuth <degrees>', 'turned about the upright axis (default: 35)', anAngle, asNumber),
    )
    .addOption(
      settingOption('--elevation <degrees>', 'seen from so far above (default: 40)', anAngle, asNumber),
    )
}
