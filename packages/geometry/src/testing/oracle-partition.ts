import type { PlanePartitionParts } from '../plane/partition.ts'
import type { Level } from '../program/level.ts'
import { programOf } from '../program/program-of.ts'
import type { PlainLayer } from './plain-layers.ts'
import { networkOf } from './plain-network.ts'
import {
  type ExactPoint,
  type OraclePlane,
  type PlaneTruth,
  planeOracle,
  quotientOf,
} from './plane-oracle.ts'
import { structureOf } from './plane-structure.ts'

/** What the oracle says of a partition, and the planar structure of it, so that what reads structures can be tried without what makes them fast. */
export function oraclePartition(
  layers: readonly PlainLayer[],
  plane: OraclePlane,
  window: readonly [number, number],
  level: Level | null = null,
): { truth: PlaneTruth; parts: PlanePartitionParts } {
  const truth = planeOracle(layers, plane, window, level ?? undefined)
  const program = programOf(networkOf(layers))
  const groups = level === null ? program.groups : [...program.groups, { units: 1, states: 2 }]
  const polygons = truth.regions.map(({ corners, code }) => ({ points: corners, states: code }))
  const { structure, points } = structureOf(
    polygons,
    groups,
    numbersOf,
    isBetween,
    ({ x, y, w }) => `${x},${y},${w}`,
  )
  const exactVertex = (vertex: number) => {
    const { x, y, w } = points[vertex]
    return [x, y, w] as const
  }
  return {
    truth,
    parts: { structure, program, plane, complete: true, verified: 'exact', level, exactVertex },
  }
}

const numbersOf = ({ x, y, w }: ExactPoint): [number, number] => [quotientOf(x, w), quotientOf(y, w)]

function isBetween(p: ExactPoint, a: ExactPoint, b: ExactPoint): boolean {
  const towards = (q: ExactPoint) => [q.x * p.w - p.x * q.w, q.y * p.w - p.y * q.w]
  const [[ax, ay], [bx, by]] = [towards(a), towards(b)]
  return ax * by === ay * bx && ax * bx + ay * by < 0n
}
