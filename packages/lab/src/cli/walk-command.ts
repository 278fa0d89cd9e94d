import { crossings } from '@facet/geometry'
import { type Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { parseJson } from '../network-file/json.ts'
import { mostBytes, readText } from '../network-file/read-whole.ts'
import { renderWalk } from '../regions/render-walk.ts'
import { coloursOf } from '../text/colours.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import {
  addNetworkArgument,
  chosenNetwork,
  levelOf,
  levelOption,
  limitOption,
  type NetworkFlags,
  networkHelp,
  numbersOption,
} from './network-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends NetworkFlags {
  readonly from?: readonly number[]
  readonly to?: readonly number[]
  readonly through?: string
  readonly withOutput?: number
  readonly limit?: number
  readonly json: boolean
}

const examples = `${networkHelp}

"t" are the places where the line crosses a wall, from 0 at its first point to 1
at its second, on a polyline 2 at its third; "changed" lists at each the states
that change, [layer with states, unit, from, to].

Examples:
  $ facet walk random:2-16-16-1 --from 0,0 --to 1,2
  $ facet walk net.json --through points.json --with-output
  $ facet walk model --part decoder --from -1,0 --to 1,0 --json | jq .t`

/** Adds `facet walk NET`. */
export function addWalkCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('walk')
    .summary('the regions that a segment or a polyline crosses')
    .description(
      'Lists all linear regions that a segment or a polyline crosses, with the places where it does.',
    )
  addNetworkArgument(command)
    .addOption(numbersOption('--from <x,…>', 'where the segment begins'))
    .addOption(numbersOption('--to <x,…>', 'where it ends'))
    .addOption(
      settingOption('--through <file>', 'points of a polyline, a JSON list of lists', text('a path'), asText),
    )
    .addOption(levelOption())
    .addOption(limitOption())
    .addOption(new Option('--json', 'one line of JSON').default(false))
    .addHelpText('after', examples)
    .action(async (source: string, flags: Flags) => {
      const { network } = await chosenNetwork(source, flags)
      const points = pointsOf(flags)
      for (const point of points)
        if (point.length !== network.inputs)
          throw new UsageError(
            `expected points of ${network.inputs} numbers, the inputs of the network, got ${point.length}`,
          )
      const walk = crossings(network, points, {
        level: levelOf(network, flags.withOutput),
        ...(flags.limit !== undefined && { limits: { regions: flags.limit } }),
      })
      const facts = {
        regions: walk.regions,
        complete: walk.complete,
        verified: walk.verified,
        network: source,
        t: [...walk.t],
        changed: walk.changed,
        firstCode: [...walk.firstCode],
        lastCode: [...walk.lastCode],
        outputAtCrossings: Array.from(walk.t, (t) => [...walk.outputAt(t)]),
      }
      io.stdout.write(flags.json ? `${JSON.stringify(facts)}\n` : renderWalk(facts, coloursOf(io.stdout)))
      end(exitCode.ok)
    })
}

function pointsOf({ from, to, through }: Flags): readonly (readonly number[])[] {
  if (through !== undefined) {
    if (from !== undefined || to !== undefined)
      throw new UsageError('--through: expected a polyline or --from and --to, got both')
    return readPoints(through)
  }
  if (from === undefined || to === undefined)
    throw new UsageError('expected --from and --to, or --through with a polyline')
  return [from, to]
}

function readPoints(path: string): number[][] {
  let points: unknown
  try {
    points = parseJson(readText(path, mostBytes.points))
  } catch (error) {
    throw new UsageError(`--through: ${path}: ${(error as Error).message}`)
  }
  const isPoint = (point: unknown) => Array.isArray(point) && point.every((x) => Number.isFinite(x))
  if (Array.isArray(points) && points.length > 1 && points.every(isPoint)) return points
  throw new UsageError(`--through: ${path}: expected a list of two or more points, lists of numbers`)
}
