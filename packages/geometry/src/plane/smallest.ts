import { type Corners, type Precision, placeKind } from './corners.ts'
import { type ExactPoint, type ExactVertex, exactArea, exactDistance } from './exact-points.ts'
import { areaOf, eachHalfEdge, lengthOf } from './polygon.ts'
import type { PlaneStructure } from './structure.ts'

/** The smallest area of a face; exact, then rounded, where exact coordinates are known. */
export function smallestArea(structure: PlaneStructure, areas: Float64Array, precision: Precision): number {
  const { exactVertex } = precision
  return smallestOf(
    areas,
    (face) => areaUncertainty(structure, face, precision),
    exactVertex && ((face) => exactAreaOf(structure, face, exactVertex)),
  )
}

/** The share of an area that may be left open: 6e-11. */
const OPEN_SHARE = 2 ** -34

/** The area of a face; of one that is small for the errors of its vertices the exact one, rounded, where exact coordinates are known. */
export function decidedArea(structure: PlaneStructure, face: number, precision: Precision): number {
  const { exactVertex } = precision
  const area = areaOf(structure, face)
  if (exactVertex === null || areaUncertainty(structure, face, precision) <= OPEN_SHARE * area) return area
  return exactAreaOf(structure, face, exactVertex)
}

function areaUncertainty(structure: PlaneStructure, face: number, { errors }: Precision): number {
  const { first, next, origin } = structure
  let sum = 0
  eachHalfEdge(structure, first[face], (h) => {
    const off = errors[origin[h]] + errors[origin[next[h]]]
    sum += off * (2 * lengthOf(structure, h) + off)
  })
  return sum
}

const exactAreaOf = (structure: PlaneStructure, face: number, exactVertex: ExactVertex): number =>
  exactArea(pointsOf(structure, structure.first[face], exactVertex))

/** The shortest edge; exact, then rounded, where exact coordinates are known. @param halves the first half-edge of each */
export function shortestEdge(
  { origin, next }: PlaneStructure,
  { kind }: Corners,
  lengths: Float64Array,
  halves: Int32Array,
  { exactVertex, errors }: Precision,
): number {
  const lastOf = (edge: number): number => {
    let last = next[halves[edge]]
    while (kind[last] === placeKind.piece) last = next[last]
    return last
  }
  return smallestOf(
    lengths,
    (edge) => 2 * (errors[origin[halves[edge]]] + errors[origin[lastOf(edge)]]),
    exactVertex &&
      ((edge) => {
        return exactDistance(exactVertex(origin[halves[edge]]), exactVertex(origin[lastOf(edge)]))
      }),
  )
}

function pointsOf(structure: PlaneStructure, start: number, exactVertex: ExactVertex): ExactPoint[] {
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
    if (values[i] < atMost) {
      const most = values[i] + (exact === null ? 0 : uncertaintyOf(i))
      if (most < atMost) atMost = most
    }
  if (exact === null) return atMost
  let least = Infinity
  for (let i = 0; i < values.length; i++)
    if (!(values[i] - uncertaintyOf(i) > atMost)) least = Math.min(least, exact(i))
  return least
}
