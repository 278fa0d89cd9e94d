import { type PlanePartition, planePartition } from '@facet/geometry'
import { type Command, Option } from 'commander'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import type { ReadingOptions } from '../model/new-samples.ts'
import type { OpenedNetwork } from '../network-file/open-network.ts'
import { type Plane, planeHelp, planeOf } from '../regions/plane-through.ts'
import { regionLines } from '../regions/region-lines.ts'
import { renderPartition } from '../regions/render-partition.ts'
import { rowsBefore } from '../regions/rows-before.ts'
import { writeLines } from '../regions/write-lines.ts'
import { coloursOf } from '../text/colours.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import {
  addNetworkArgument,
  chosenNetwork,
  intervalOption,
  levelOf,
  levelOption,
  limitOption,
  type NetworkFlags,
  networkHelp,
} from './network-options.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

/** Which window of which plane. */
export interface PlaneFlags extends NetworkFlags, ReadingOptions {
  readonly bounds?: readonly [number, number]
  readonly plane?: string
  readonly data?: string
}

/** Which partition of it. */
export interface PartitionFlags extends PlaneFlags {
  readonly withOutput?: number
  readonly limit?: number
}

interface Flags extends PartitionFlags {
  readonly out?: string
  readonly json: boolean
}

const examples = `${networkHelp}

The plane is x = origin + s u + t v, of which the window LO <= s, t <= HI is
partitioned; lengths and areas are in (s, t). With pca, u and v are one standard
deviation long; with points:i,j,k the three rows are at (0, 0), (1, 0), (0, 1).

Regions are maximal connected sets of one activation pattern, affine pieces
connected sets of one map, affine maps distinct maps. "verified" is exact or
checked: every sign was decided, in rational arithmetic where it had to be.

--out writes a JSON line for every region: corners, code, area, its map A x + b,
and its neighbours with the states that change, [layer with states, unit, from,
to].

Examples:
  $ facet partition random:2-64-64-64-1
  $ facet partition net.json --bounds -10,10 --with-output
  $ facet partition model --part decoder --json | jq .regions
  $ facet partition model --plane points:1,2,3 --data new.csv --bounds -0.5,1.5`

/** The network, and a window of a plane. */
export const addPlaneOptions = (command: Command, argument?: string): Command =>
  addNetworkArgument(command, argument)
    .addOption(intervalOption('--bounds <lo,hi>', 'window of the plane (default: -1,1)'))
    .addOption(
      settingOption('--plane <plane>', `${planeHelp} (default: the two inputs)`, text('a plane'), asText),
    )
    .addOption(settingOption('--data <file>', 'samples that the plane goes through', text('a path'), asText))

/** The options of every command that partitions a plane. */
export function addPartitionOptions(command: Command, argument?: string): Command {
  addPlaneOptions(command, argument).addOption(levelOption()).addOption(limitOption())
  for (const option of readingOptions()) command.addOption(option)
  return command
}

/** Adds `facet partition NET`. */
export function addPartitionCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('partition')
    .summary('the regions of a network in a plane, exactly')
    .description('Counts and measures the linear regions of a network in a window of a plane, exactly.')
  addPartitionOptions(command)
    .addOption(
      settingOption('--out <file>', 'a JSON line for every region; - is stdout', text('a path'), asText),
    )
    .addOption(new Option('--json', 'one line of JSON').default(false))
    .addHelpText('after', examples)
    .action(async (source: string, flags: Flags) => {
      const { partition, window, plane, milliseconds } = await partitionOf(source, flags)
      const summary = partition.summary()
      const facts = {
        ...summary,
        network: source,
        window,
        ...(plane && { plane }),
        ...(partition.level && { level: partition.level }),
      }
      if (flags.out !== undefined) await writeLines(flags.out, regionLines(partition), io)
      if (flags.out !== '-')
        io.stdout.write(
          flags.json
            ? `${JSON.stringify(facts)}\n`
            : renderPartition(facts, milliseconds, coloursOf(io.stdout)),
        )
      end(exitCode.ok)
    })
}

/** A partition as it was asked for. */
export interface AskedPartition {
  readonly partition: PlanePartition
  readonly window: readonly [number, number]
  readonly plane: Plane | undefined
  readonly opened: OpenedNetwork
  /** What the partition took. */
  readonly milliseconds: number
}

/** Opens the network and partitions the plane that the flags say. */
export async function partitionOf(source: string, flags: PartitionFlags): Promise<AskedPartition> {
  const { bounds: window = [-1, 1], plane: spec, data, withOutput, limit } = flags
  const { network, opened } = await chosenNetwork(source, flags)
  const plane = await planeOf(spec, network, () => rowsBefore(opened, flags, data, flags))
  const started = performance.now()
  const partition = planePartition(network, {
    ...(plane && { plane }),
    window,
    level: levelOf(network, withOutput),
    ...(limit !== undefined && { limits: { regions: limit } }),
  })
  return { partition, window, plane, opened, milliseconds: performance.now() - started }
}
