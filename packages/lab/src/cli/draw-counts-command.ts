import { cast, key, type Tensor } from '@facet/tensor'
import type { Command } from 'commander'
import * as z from 'zod'
import { drawCounts, type NamedCounts } from '../draw/counts-chart.ts'
import { text, wholeNumber } from '../fields/fields.ts'
import { asList, asNumber, asText } from '../fields/read-text.ts'
import type { ReadingOptions } from '../model/new-samples.ts'
import type { OpenedNetwork } from '../network-file/open-network.ts'
import { ballCounts, radiiOf } from '../regions/ball-counts.ts'
import { rowsBefore } from '../regions/rows-before.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { addNetworkArgument, chosenNetwork, type NetworkFlags, networkHelp } from './network-options.ts'
import {
  addPictureOptions,
  type PictureFlags,
  pictureHelp,
  provenanceOf,
  writePicture,
} from './picture-options.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends NetworkFlags, ReadingOptions, PictureFlags {
  readonly data?: string
  readonly radii?: readonly number[]
  readonly centres: number
  readonly draws: number
  readonly seed: number
}

const examples = `${networkHelp}
${pictureHelp}

Balls stand around samples of --data, spread evenly over it; without --data
around standard normal ones. Points are drawn in every ball: what is seen is a
lower bound of the regions that meet it. Counts are means over the balls.

Examples:
  $ facet draw counts random:8-16-1 random:8-64-64-1 --out fig3.svg
  $ facet draw counts random:1x8x8-c6-m-c6-3 random:64-32-3 --out fig3.svg
  $ facet draw counts model --data new.csv --radii 0.1,0.3,1,3 --out model.png`

/** Of the standard normal samples that stand for data where there are none. */
const normalSamples = 1000

const aRadius = 'expected radii above 0 such as 0.1,0.3,1'

/** Adds `facet draw counts`. */
export function addCountsPicture(draw: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const summary = 'regions and samples in balls of growing radius'
  const command = draw.command('counts').summary(summary).description(`Draws ${summary}.`)
  addNetworkArgument(command, '<network...>')
    .addOption(
      settingOption('--data <file>', 'samples (default: 1000 standard normal ones)', text('a path'), asText),
    )
    .addOption(
      settingOption(
        '--radii <r,…>',
        'of the balls (default: 13 up to the farthest sample)',
        z.array(z.number(aRadius).gt(0, aRadius), aRadius).min(1, aRadius),
        asList(asNumber),
      ),
    )
    .addOption(settingOption('--centres <n>', 'balls of each radius', wholeNumber(1), asNumber).default(8))
    .addOption(settingOption('--draws <n>', 'points in each ball', wholeNumber(0), asNumber).default(1000))
    .addOption(settingOption('--seed <n>', 'of the points', wholeNumber(0), asNumber).default(0))
  for (const option of readingOptions()) command.addOption(option)
  addPictureOptions(command)
    .addHelpText('after', examples)
    .action(async (sources: string[], flags: Flags) => {
      const { data, radii: given, centres, draws, seed } = flags
      const counts: NamedCounts[] = []
      const all: OpenedNetwork[] = []
      let radii = given?.toSorted((a, b) => a - b)
      for (const source of sources) {
        const { network, opened } = await chosenNetwork(source, flags)
        all.push(opened)
        const samples: Tensor =
          data === undefined
            ? cast(
                key(seed).child('samples').normal([normalSamples, network.inputs], 'float64'),
                network.dtype,
              )
            : await rowsBefore(opened, flags, data, flags)
        radii ??= radiiOf(samples)
        counts.push(ballCounts(source, network, samples, { seed, centres, draws, radii }))
      }
      const what = data === undefined ? 'standard normal samples' : `rows of ${data}`
      const svg = drawCounts({
        counts,
        caption: `Regions seen by ${draws} points in each ball and by the samples in it, a lower bound, and how many samples these are: means of ${centres} balls around ${what}.`,
        provenance: provenanceOf(command, all, seed),
      })
      await writePicture(io, svg, flags, { counts })
      end(exitCode.ok)
    })
}
