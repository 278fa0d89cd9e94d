import { regionAt } from '@facet/geometry'
import { type Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import { renderRegion } from '../regions/render-region.ts'
import { coloursOf } from '../text/colours.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import {
  addNetworkArgument,
  chosenNetwork,
  intervalOption,
  type NetworkFlags,
  networkHelp,
  numbersOption,
} from './network-options.ts'

interface Flags extends NetworkFlags {
  readonly at: readonly number[]
  readonly box?: readonly [number, number]
  readonly json: boolean
}

const examples = `${networkHelp}

A wall is a facet of the region: the states that change across it, [layer with
states, unit, from, to], and a · x + b, which is 0 on it and above 0 inside. The
radius is that of the largest ball in the region, and in the box where there is
one; null where it has no end.

Examples:
  $ facet region random:3-8-8-1 --at 0.1,0.2,0.3
  $ facet region net.json --at 0,1 --box -2,2
  $ facet region model --part decoder --at 0.5,-1 --json | jq .radius`

/** Adds `facet region NET`. */
export function addRegionCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('region')
    .summary('the region that a point lies in')
    .description(
      'Shows the linear region of a point: its walls, what lies behind them, its map and its size.',
    )
  addNetworkArgument(command)
    .addOption(numbersOption('--at <x,…>', 'the point').makeOptionMandatory())
    .addOption(intervalOption('--box <lo,hi>', 'the region ends at this box too'))
    .addOption(new Option('--json', 'one line of JSON').default(false))
    .addHelpText('after', examples)
    .action(async (source: string, { at, box: given, json, ...flags }: Flags) => {
      const box = given ?? null
      const { network } = await chosenNetwork(source, flags)
      if (at.length !== network.inputs)
        throw new UsageError(
          `--at: expected ${network.inputs} numbers, the inputs of the network, got ${at.length}`,
        )
      if (box !== null && at.some((x) => x < box[0] || x > box[1]))
        throw new UsageError(`--at: expected a point of the box ${box.join()}, got ${at.join()}`)
      const region = regionAt(network, at, { box })
      const { radius, centre } = region.chebyshev()
      const walls = region.walls()
      const facts = {
        code: [...region.states],
        verified: region.verified,
        network: source,
        at,
        isOnWall: region.isOnWall,
        isBounded: region.isBounded,
        radius: Number.isFinite(radius) ? radius : null,
        centre,
        walls: walls.map(({ changed, states, a, b }) => ({ changed, code: [...states], a, b })),
        boxFaces: region.boxFaces,
        map: region.map(),
      }
      io.stdout.write(json ? `${JSON.stringify(facts)}\n` : renderRegion(facts, coloursOf(io.stdout)))
      end(exitCode.ok)
    })
}
