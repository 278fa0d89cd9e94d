import { type LifeStep, lifeStep, type PlanePartition, planePartition } from '@facet/geometry'
import type { Command } from 'commander'
import * as z from 'zod'
import { drawLife } from '../draw/life-chart.ts'
import { asNumber } from '../fields/read-text.ts'
import { openCourse } from '../network-file/open-course.ts'
import { partOf } from '../network-file/part.ts'
import { planeOf } from '../regions/plane-through.ts'
import { rowsBefore } from '../regions/rows-before.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { networkHelp } from './network-options.ts'
import { addPlaneOptions, type PlaneFlags } from './partition-command.ts'
import {
  addPictureOptions,
  type PictureFlags,
  pictureHelp,
  provenanceOf,
  writePicture,
} from './picture-options.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends PlaneFlags, PictureFlags {
  readonly radius?: number
}

const examples = `${networkHelp}
${pictureHelp}

Networks are those of one training, in its order: a folder of facet train
--keep-every stands for all the epochs that it kept. The window of the plane is
the same for all. A region is known by its code: it is born where the network
before has none of that code, and has died where the one behind has none. With
--data, the distances of the samples to the nearest wall, in the input space,
and how many regions of the plane are at less than --radius from one.

Examples:
  $ facet train --data new.csv --keep-every 10 --out model
  $ facet draw life model --plane pca --data new.csv --bounds -3,3 --out life.svg
  $ facet draw life step-*.safetensors --part decoder --json --out life.png`

const aRadius = 'expected a radius above 0'

/** A twentieth of the window. */
const usualRadius = ([lo, hi]: readonly [number, number]): number => (hi - lo) / 20

/** Adds `facet draw life`. */
export function addLifePicture(draw: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const summary = 'births, deaths and moves of regions over a training'
  const command = draw.command('life').summary(summary).description(`Draws ${summary}.`)
  addPlaneOptions(command, '<network...>').addOption(
    settingOption(
      '--radius <r>',
      'within reach of a sample, in the plane (default: 1/20 of the window)',
      z.number(aRadius).gt(0, aRadius),
      asNumber,
    ),
  )
  for (const option of readingOptions()) command.addOption(option)
  addPictureOptions(command)
    .addHelpText('after', examples)
    .action(async (sources: string[], flags: Flags) => {
      const { bounds: window = [-1, 1], plane: spec, data, radius = usualRadius(window) } = flags
      const { steps, counts } = await openCourse(sources)
      const last = steps[steps.length - 1].opened
      const plane = await planeOf(spec, partOf(last, flags), () => rowsBefore(last, flags, data, flags))
      const life: LifeStep[] = []
      let before: PlanePartition | null = null
      for (const { step, opened } of steps) {
        const partition = planePartition(partOf(opened, flags), { ...(plane && { plane }), window })
        const samples = data === undefined ? undefined : await rowsBefore(opened, flags, data, flags)
        life.push(lifeStep(step, partition, before, { samples, radius }))
        before = partition
      }
      const near =
        data === undefined
          ? ''
          : ` Distances of the rows of ${data} to the nearest wall in the input space; regions at less than ${Number(radius.toPrecision(3))} from a row in the plane.`
      const svg = drawLife({
        life,
        counts,
        caption: `Regions of ${sources.join(', ')} in the window ${window.join(' … ')} of one plane, exactly counted: those whose code was not there a step before are born, those whose code is gone have died.${near}`,
        provenance: provenanceOf(
          command,
          steps.map(({ opened }) => opened),
        ),
      })
      await writePicture(io, svg, flags, { counts, window, ...(plane && { plane }), radius, life })
      end(exitCode.ok)
    })
}
