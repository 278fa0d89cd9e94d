import { type Corners, type Precision, placeKind } from './corners.ts'
import { type ExactPoint, exactArea, exactDistance } from './exact-points.ts'
import { eachHalfEdge, lengthOf } from './polygon.ts'
import type { PlaneStructure } from './structure.ts'

/** The smallest area of a face; exact, then rounded, where exact coordinates are known. */
export function smallestArea(structure: PlaneStructure, areas: Float64Array, precision: Precision): number {
  const { first } = structure
  const { exactVertex, coordinateError } = precision
  return smallestOf(
    areas,
    (face) => {
      let length = 0
      eachHalfEdge(structure, first[face], (h) => {
        length += lengthOf(structure, h)
      })
      return 4 * coordinateError * length
    },
    exactVertex && ((face) => exactArea(pointsOf(structure, first[face], exactVertex))),
  )
}

/** The shortest edge; exact, then rounded, where exact coordinates are known. @param halves the first half-edge of each */
export function shortestEdge(
  { origin, next }: PlaneStructure,
  { kind }: Corners,
  lengths: Float64Array,
  halves: Int32Array,
  { exactVertex, coordinateError }: Precision,
): number {
  return smallestOf(
    lengths,
    () => 4 * coordinateError,
    exactVertex &&
      ((edge) => {
        let last = next[halves[edge]]
        while (kind[last] === placeKind.piece) last = next[last]
        return exactDistance(exactVertex(origin[halves[edge]]), exactVertex(origin[last]))
      }),
  )
}

function pointsOf(
  structure: PlaneStructure,
  start: number,
  exactVertex: (vertex: number) => ExactPoint,
): ExactPoint[] {
  const points: ExactPoint[] = []
  eachHalfEdge(structure, start, (h) => points.push(exactVertex(structure.origin[h])))
  return points
}

/** The least of some values that may be off: of those that may be it, the exact ones. */
function smallestOf(
  values: Float64Array,
  uncertaintyOf: (i: number) => number,
  exact: ((i: number) => number) | null,
): number {
  let atMost = Infinity
  for (let i = 0; i < values.length; i++)
    if (values[i] < atMost) atMost = Math.min(atMost, values[i] + (exact === null ? 0 : uncertaintyOf(i)))
  if (exact === null) return atMost
  let least = Infinity
  for (let i = 0; i < values.length; i++)
    if (values[i] - uncertaintyOf(i) <= atMost) least = Math.min(least, exact(i))
  return least
}
