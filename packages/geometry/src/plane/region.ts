import type { Changed } from '../line/segment-walk.ts'
import { type HeldMap, heldMap } from '../program/held-map.ts'
import { placeKind } from './corners.ts'
import type { PlanePartition } from './partition.ts'
import { centroidOf, eachHalfEdge, type PlanePoint, pointOf } from './polygon.ts'

/** A region that shares an edge of positive length. */
export interface PlaneNeighbour {
  /** Its number. */
  readonly region: number
  /** The unit whose wall the edge lies on, [group, unit]; where several change there, one of them. */
  readonly wall: readonly [group: number, unit: number]
  /** The ends of the edge, the region it is asked of on the left. */
  readonly from: PlanePoint
  readonly to: PlanePoint
  /** In (s, t). */
  readonly length: number
  /** Every unit whose state is another one there: [group, unit, state here, state there]. */
  readonly changed: readonly Changed[]
}

/** One region of a partition of a plane: a convex polygon. What is asked for is read from the partition then. */
export class PlaneRegion {
  readonly index: number
  readonly #partition: PlanePartition

  constructor(partition: PlanePartition, index: number) {
    this.#partition = partition
    this.index = index
  }

  /** The states of all units of the network, group after group. */
  get code(): Int32Array {
    const { codes, units } = this.#partition
    return codes.readInto(this.index, new Int32Array(units))
  }

  /** 1 where the output of the level set is above the level, else 0; null without a level set. */
  get level(): number | null {
    const { codes, level } = this.#partition
    return level === null ? null : codes.state(this.index, codes.groups.length - 1, 0)
  }

  /** Its corners [s, t] in order, the region on the left. */
  get corners(): PlanePoint[] {
    const {
      structure,
      corners: { kind },
    } = this.#partition
    const points: PlanePoint[] = []
    eachHalfEdge(structure, structure.first[this.index], (h) => {
      if (kind[h] === placeKind.corner) points.push(pointOf(structure, h))
    })
    return points
  }

  /** In (s, t), within 1e-10 of itself. */
  get area(): number {
    return this.#partition.areaOf(this.index)
  }

  /** The mean of its area. */
  get centroid(): PlanePoint {
    return centroidOf(this.#partition.structure, this.index)
  }

  /** In the order of the corners. Pieces of one edge count once. */
  get neighbours(): PlaneNeighbour[] {
    const { structure } = this.#partition
    const { face, next, twin, first } = structure
    const across = (h: number) => face[twin[h]]
    let start = first[this.index]
    eachHalfEdge(structure, start, (h) => {
      if (across(h) !== across(next[h])) start = next[h]
    })
    const neighbours: PlaneNeighbour[] = []
    let from = pointOf(structure, start)
    eachHalfEdge(structure, start, (h) => {
      const region = across(h)
      if (region === across(next[h]) && next[h] !== start) return
      const to = pointOf(structure, next[h])
      if (region >= 0)
        neighbours.push({
          region,
          wall: this.#partition.unitOf(structure.wall[h]),
          from,
          to,
          length: Math.hypot(to[0] - from[0], to[1] - from[1]),
          changed: this.#partition.changes(this.index, region),
        })
      from = to
    })
    return neighbours
  }

  /** The affine map of the network there, of its whole input space, in float64. */
  map(): HeldMap {
    return heldMap(this.#partition.program, this.code)
  }
}
