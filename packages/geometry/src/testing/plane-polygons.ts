import { reluActivation } from '@facet/tensor'
import { PlanePartition, type PlanePartitionParts } from '../plane/partition.ts'
import { programOf } from '../program/program-of.ts'
import { networkOf } from './plain-network.ts'
import { type StatedPolygon, structureOf } from './plane-structure.ts'

type Point = readonly [number, number]

/** Polygons as a partition, each with a state of its own of one maximum of as many candidates, for what asks nothing of a network. */
export function partitionOf(
  polygons: readonly (readonly Point[])[],
  options: Partial<PlanePartitionParts> = {},
): PlanePartition {
  const stated = polygons.map((points, i): StatedPolygon<Point> => ({ points, states: [i] }))
  const groups = [{ units: 1, states: polygons.length }]
  const { structure } = structureOf(stated, groups, (p) => p, isBetween, String)
  const pieces = polygons.map((_, i) => [i, 1])
  const program = programOf(
    networkOf([
      { kind: 'maxout', weight: [pieces], bias: null },
      { weight: [[1]], bias: null, activation: reluActivation },
    ]),
  )
  return new PlanePartition({
    structure,
    program: { ...program, groups: program.groups.slice(0, 1), steps: program.steps.slice(0, 2), output: 2 },
    plane: { origin: [0, 0], u: [1, 0], v: [0, 1] },
    complete: true,
    verified: 'checked',
    ...options,
  })
}

function isBetween([s, t]: Point, [as, at]: Point, [bs, bt]: Point): boolean {
  return (as - s) * (bt - t) === (at - t) * (bs - s) && (as - s) * (bs - s) + (at - t) * (bt - t) < 0
}
