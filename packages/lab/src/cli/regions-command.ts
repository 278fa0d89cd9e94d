import { type RegionGraph, regionGraph } from '@facet/geometry'
import { type Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { renderRegions } from '../regions/render-regions.ts'
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
  outputOption,
} from './network-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends NetworkFlags {
  readonly box?: readonly [number, number]
  readonly unbounded?: boolean
  readonly withOutput?: number
  readonly boundary?: number
  readonly limit?: number
  readonly out?: string
  readonly json: boolean
}

const examples = `${networkHelp}

Dual edges are pairs of regions that share a facet. --boundary lists only the
regions that the zero level set of an output goes through, and looks for no
others. --out writes a JSON line for every region: its code, a point in it,
whether it is bounded, and its neighbours with the states that change.

Examples:
  $ facet regions random:3-8-8-1
  $ facet regions net.json --unbounded --json | jq .regions
  $ facet regions net.json --box -2,2 --boundary --out boundary.jsonl`

/** Adds `facet regions NET`. */
export function addRegionsCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('regions')
    .summary('all regions in a box, or in all of space')
    .description('Enumerates the linear regions of a network of up to 12 inputs in a box or in all of space.')
  addNetworkArgument(command)
    .addOption(intervalOption('--box <lo,hi>', 'of every input (default: -1,1)'))
    .addOption(new Option('--unbounded', 'all of space'))
    .addOption(levelOption())
    .addOption(outputOption('--boundary', 'only regions that the zero level set of this output meets'))
    .addOption(limitOption())
    .addOption(
      settingOption('--out <file>', 'a JSON line for every region; - is stdout', text('a path'), asText),
    )
    .addOption(new Option('--json', 'one line of JSON').default(false))
    .addHelpText('after', examples)
    .action(async (source: string, { json, out, unbounded, limit, ...flags }: Flags) => {
      if (unbounded && flags.box)
        throw new UsageError('--unbounded: expected all of space or --box, got both')
      const box = unbounded ? null : (flags.box ?? [-1, 1])
      const { network } = await chosenNetwork(source, flags)
      const level = levelOf(network, flags.withOutput)
      const boundary = levelOf(network, flags.boundary, '--boundary')
      const graph = regionGraph(network, {
        box,
        level,
        boundary,
        ...(limit !== undefined && { limits: { regions: limit } }),
      })
      const { regions, complete, verified, dualEdges, boundedRegions } = graph
      const facts = {
        regions,
        complete,
        verified,
        dualEdges,
        meanNeighbours: (2 * dualEdges) / regions,
        boundedRegions,
        network: source,
        box,
        ...(level && { level }),
        ...(boundary && { boundary }),
      }
      if (out !== undefined) await writeLines(out, graphLines(graph), io)
      if (out !== '-')
        io.stdout.write(json ? `${JSON.stringify(facts)}\n` : renderRegions(facts, coloursOf(io.stdout)))
      end(exitCode.ok)
    })
}

function* graphLines(graph: RegionGraph): Generator<string> {
  for (let region = 0; region < graph.regions; region++) {
    yield JSON.stringify({
      region,
      code: [...graph.states(region)],
      point: graph.point(region),
      isBounded: graph.isBounded(region),
      neighbours: graph.neighbours(region),
    })
  }
}
