import type { Verified } from '../line/line-walk.ts'
import { type Precision, placeKind } from './corners.ts'
import { eachEdge } from './edges.ts'
import type { PlanePartition } from './partition.ts'
import { eachHalfEdge, lengthOf } from './polygon.ts'
import { shortestEdge, smallestArea } from './smallest.ts'

/** Counts and measures of a partition of a plane; lengths and areas are in (s, t). */
export interface PlaneSummary {
  readonly regions: number
  readonly complete: boolean
  readonly verified: Verified
  /** Distinct codes. */
  readonly patterns: number
  /** Distinct affine maps of the output, as functions of (s, t). */
  readonly affineMaps: number
  /** Connected unions of regions with one map. */
  readonly affinePieces: number
  readonly vertices: number
  /** With those on the window's edge. */
  readonly edges: number
  readonly faces: number
  readonly interiorEdges: number
  /** Corners of one region in the middle of another's edge. */
  readonly tJunctions: number
  readonly area: number
  readonly sumOfSquaredAreas: number
  /** Of the interior edges. */
  readonly wallLength: number
  /** Regions by their number of corners. */
  readonly sizes: Readonly<Record<string, number>>
  readonly meanNeighbours: number
  /** Interior edges by the number of states that differ across them. */
  readonly unitsChangedAcrossWall: Readonly<Record<string, number>>
  readonly smallestArea: number
  readonly shortestEdge: number
}

export function summaryOf(partition: PlanePartition, precision: Precision): PlaneSummary {
  const { structure, codes, corners, order, regions, complete, verified } = partition
  const { face, twin, first, vertices } = structure
  const { kind } = corners
  const [sizes, unitsChanged] = [new Histogram(), new Histogram()]
  let [tJunctions, pieces] = [0, 0]
  for (let f = 0; f < regions; f++) {
    let size = 0
    eachHalfEdge(structure, first[f], (h) => {
      if (kind[h] === placeKind.corner) size++
      else if (kind[h] === placeKind.straight) tJunctions++
      // A point inside an edge is met from both of its faces.
      else if (face[twin[h]] < f) pieces++
    })
    sizes.add(size)
  }
  let [edges, interiorEdges, wallLength] = [0, 0, 0]
  const lengths = new Float64Array(structure.halfEdges / 2)
  const halves = new Int32Array(lengths.length)
  eachEdge(structure, corners, (from, to) => {
    const length = lengthOf(structure, from, to)
    halves[edges] = from
    lengths[edges++] = length
    if (face[twin[from]] < 0) return
    interiorEdges++
    wallLength += length
    unitsChanged.add(codes.distance(face[from], face[twin[from]]))
  })
  const areas = partition.areas()
  return {
    regions,
    complete,
    verified,
    patterns: countDistinct(partition, order),
    affineMaps: partition.affineMaps().count,
    affinePieces: partition.affinePieces().count,
    vertices: vertices - pieces,
    edges,
    faces: regions,
    interiorEdges,
    tJunctions,
    area: areas.reduce((sum, area) => sum + area, 0),
    sumOfSquaredAreas: areas.reduce((sum, area) => sum + area * area, 0),
    wallLength,
    sizes: sizes.counts,
    // Two convex sets share no more than one edge.
    meanNeighbours: (2 * interiorEdges) / regions,
    unitsChangedAcrossWall: unitsChanged.counts,
    smallestArea: smallestArea(structure, areas, precision),
    shortestEdge: shortestEdge(structure, corners, lengths.subarray(0, edges), halves, precision),
  }
}

function countDistinct({ codes }: PlanePartition, order: Int32Array): number {
  let count = order.length > 0 ? 1 : 0
  for (let i = 1; i < order.length; i++) if (codes.compare(order[i - 1], order[i]) !== 0) count++
  return count
}

class Histogram {
  readonly counts: Record<string, number> = {}

  add(value: number): void {
    this.counts[value] = (this.counts[value] ?? 0) + 1
  }
}
