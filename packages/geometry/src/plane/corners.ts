import type { Verified } from '../line/line-walk.ts'
import type { PackedCodes } from './codes.ts'
import { type ExactVertex, exactTurn } from './exact-points.ts'
import type { PlaneStructure } from './structure.ts'

/** What is decided about points that may lie on one line. */
export interface Precision {
  /** How far s and t of each vertex may be off. */
  readonly errors: Float64Array
  readonly exactVertex: ExactVertex | null
}

/** What the place is for a face where one of its half-edges begins. */
export const placeKind = {
  /** In the middle of an edge of this face, while a wall ends there on the other side. */
  straight: 0,
  corner: 1,
  /** In the middle of an edge for both of its faces: the edge is one, in pieces. */
  piece: 2,
} as const

/** Which vertices are corners of which faces. */
export interface Corners {
  /** Of each half-edge a `placeKind`. */
  readonly kind: Uint8Array
  readonly verified: Verified
}

/**
 * Decides at every vertex of every face whether the boundary bends there.
 *
 * Most of it needs no arithmetic: in a face a unit has one affine form, so that edges made by one unit of two pieces, or by one pair of
 * candidates, lie on one line, and so do the edges that two faces share, which are convex. Elsewhere the sign of the turn decides where it
 * is above what coordinates may be off, and exact coordinates below.
 */
export function findCorners(structure: PlaneStructure, codes: PackedCodes, precision: Precision): Corners {
  const { halfEdges, faces, s, t, origin, next, twin, wall, face, first } = structure
  const { errors, exactVertex } = precision
  const kind = new Uint8Array(halfEdges)
  const degree = degreesOf(structure)
  const place = unitPlaces(codes)
  let verified: Verified = 'checked'

  /** Whether the boundary of a face bends where `into` ends and `out` begins. */
  const bends = (into: number, out: number): boolean => {
    const [before, behind] = [face[twin[into]], face[twin[out]]]
    if (before === behind && before >= 0) return false
    const unit = wall[into]
    if (unit >= 0 && unit === wall[out]) {
      const [group, index] = [place.group[unit], place.unit[unit]]
      if (codes.groups[group].states === 2) return false
      // What lies outside is not known.
      const areKnown = before >= 0 && behind >= 0
      if (areKnown && codes.state(before, group, index) === codes.state(behind, group, index)) return false
    }
    const [a, b, c] = [origin[into], origin[out], origin[next[out]]]
    const [ds, dt, es, et] = [s[b] - s[a], t[b] - t[a], s[c] - s[b], t[c] - t[b]]
    const turn = ds * et - dt * es
    const [length, nextLength] = [Math.abs(ds) + Math.abs(dt), Math.abs(es) + Math.abs(et)]
    const [off, offNext] = [errors[a] + errors[b], errors[b] + errors[c]]
    // The products and their difference are off by less than 2⁻⁵⁰ of their size, roundings of the differences included.
    const rounding = 2 ** -50 * (Math.abs(ds * et) + Math.abs(dt * es))
    const uncertainty = length * offNext + nextLength * off + 2 * off * offNext + rounding + Number.MIN_VALUE
    if (Math.abs(turn) > uncertainty) return true
    if (exactVertex === null) {
      verified = 'float'
      return false
    }
    if (verified === 'checked') verified = 'exact'
    return exactTurn(exactVertex(a), exactVertex(b), exactVertex(c)) !== 0
  }

  for (let f = 0; f < faces; f++) {
    let into = first[f]
    do {
      const out = next[into]
      if (bends(into, out)) kind[out] = placeKind.corner
      else if (degree[origin[out]] === 2) kind[out] = placeKind.piece
      into = out
    } while (into !== first[f])
  }
  return { kind, verified }
}

/** How many edges meet at each vertex. */
function degreesOf({ vertices, halfEdges, origin }: PlaneStructure): Int32Array {
  const degree = new Int32Array(vertices)
  for (let h = 0; h < halfEdges; h++) degree[origin[h]]++
  return degree
}

/** The group of each unit, counted over all groups, and its number in it. */
export function unitPlaces(codes: PackedCodes): { readonly group: Int32Array; readonly unit: Int32Array } {
  const [group, unit] = [new Int32Array(codes.units), new Int32Array(codes.units)]
  let at = 0
  codes.groups.forEach(({ units }, g) => {
    for (let u = 0; u < units; u++, at++) {
      group[at] = g
      unit[at] = u
    }
  })
  return { group, unit }
}
