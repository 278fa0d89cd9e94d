import { type Region, regionAt, regionGraph } from '@facet/geometry'
import type { Network } from '@facet/models'
import * as z from 'zod'
import { isObject, type Json } from '../../network-file/json.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { statePaths } from '../../network-file/state-paths.ts'
import { missingQuantity } from '../compare.ts'
import { type Comparison, compareTree, newComparison } from '../compare-tree.ts'
import { exactly, interval, parseFields, point, written } from './file-fields.ts'
import { inOrderOf } from './in-order.ts'

const sample = z.looseObject({ point })
type Sample = z.output<typeof sample>

const schema = z.looseObject({
  ...written,
  box: interval.nullable(),
  expect: z.looseObject({
    samples: z.array(sample).optional(),
    withOutput: z.looseObject({ outputUnit: z.int() }).optional(),
  }),
})

type Box = z.output<typeof schema>['box']

/** What a file expects, unless it says where its count was published. */
const wholeFile = ['stateLayers', 'regions', 'dualEdges', 'meanNeighbours', 'samples']

/** Compares everything that a `regionsnd_*` or `relucent_*` file expects with what Facet finds. */
export function verifySpaces(file: unknown): Comparison {
  const { input, layers, box, expect, source } = parseFields(schema, file)
  const network = readNetwork({ input, layers }, 'float64')
  const { withOutput, samples = [] } = expect
  const recompute = () => ({
    stateLayers: statePaths(network.layers),
    ...only(expect, graphQuantities(network, box)),
    ...(withOutput && {
      withOutput: only(withOutput, graphQuantities(network, box, { output: withOutput.outputUnit })),
    }),
    samples: samples.map((each) => sampleQuantities(network, box, each)),
  })
  const comparison = newComparison()
  const names = Object.keys(expect)
  for (const name of source === undefined ? wholeFile : ['regions'])
    if (!names.includes(name)) comparison.quantities[name] = missingQuantity()
  let found: Record<string, Json> | undefined
  for (const [name, want] of Object.entries(expect) as [string, Json][]) {
    const one = () => {
      found ??= recompute() as unknown as Record<string, Json>
      return Object.hasOwn(found, name) ? found[name] : undefined
    }
    compareTree(name, want, one, exactly, comparison)
  }
  return comparison
}

/** Counts by the names of the files. @throws Error for an enumeration that a budget cut. */
function graphQuantities(
  network: Network,
  box: Box,
  level?: { readonly output: number },
): Record<string, Json> {
  const { regions, dualEdges, boundedRegions, complete } = regionGraph(network, { box, level })
  if (!complete) throw new Error('the enumeration is not complete')
  return { regions, dualEdges, meanNeighbours: (2 * dualEdges) / regions, boundedRegions }
}

/** Which of the counts a file has differs with what could be confirmed. */
const only = (expected: object, found: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(found).filter(([name]) => Object.hasOwn(expected, name)))

function sampleQuantities(network: Network, box: Box, sample: Sample): Json {
  const region = regionAt(network, sample.point, { box })
  const { radius, centre } = region.chebyshev()
  const wanted = sample as unknown as Record<string, Json>
  const walls = region.walls().map((wall, i): Json => {
    const order =
      wallOf(wanted.walls, wall.states) ?? (Array.isArray(wanted.walls) ? wanted.walls[i] : undefined)
    return {
      changed: inOrderOf(isObject(order) ? order.changed : undefined, wall.changed),
      code: [...wall.states],
    }
  })
  return {
    code: [...region.states],
    chebyshevRadius: Number.isFinite(radius) ? radius : null,
    // Another centre of the same radius is one as well.
    chebyshevCentre: hasCentre(region, box, wanted.chebyshevCentre, radius) ? wanted.chebyshevCentre : centre,
    walls: inOrderOf(wanted.walls, walls),
    boxFaces: inOrderOf(wanted.boxFaces, region.boxFaces as unknown as Json[]),
    localMap: region.map(),
  }
}

/** The expected wall with a code beyond. */
const wallOf = (walls: Json | undefined, states: Int32Array): Json | undefined =>
  Array.isArray(walls)
    ? walls.find((wall) => isObject(wall) && JSON.stringify(wall.code) === JSON.stringify([...states]))
    : undefined

/** How exactly radii are compared. */
const radiusTolerance = 1e-7

/** Whether a point is as far from all walls, and inside of them, as the centre of the largest ball. */
function hasCentre(region: Region, box: Box, centre: Json | undefined, radius: number): boolean {
  if (!Array.isArray(centre) || !centre.every((x) => typeof x === 'number')) return false
  const at = centre as number[]
  if (!region.contains(at)) return false
  const distances = region.halfSpaces.map(
    ({ a, b }) => a.reduce((sum, c, i) => sum + c * at[i], b) / Math.hypot(...a),
  )
  const toBox = box === null ? [] : at.flatMap((x) => [x - box[0], box[1] - x])
  return Math.min(...distances, ...toBox) >= radius * (1 - radiusTolerance)
}
