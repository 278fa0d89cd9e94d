import type { UnitGroup } from '@facet/models'
import type { PackedGroup, PlaneStructure } from '../plane/structure.ts'

/** A polygon, its inside on the left, with the states of all units. */
export interface StatedPolygon<P> {
  readonly points: readonly P[]
  readonly states: readonly number[]
}

/**
 * Polygons that fill a window as a planar structure: vertices of one polygon on another's edge divide it, and an edge is said to be made by the first unit that
 * changes there.
 *
 * @param numbers the coordinates of a point
 * @param isBetween whether a point lies strictly between two others, on one line
 * @param name the same for two points where they are the same
 */
export function structureOf<P>(
  polygons: readonly StatedPolygon<P>[],
  groups: readonly UnitGroup[],
  numbers: (point: P) => readonly [number, number],
  isBetween: (p: P, a: P, b: P) => boolean,
  name: (point: P) => string,
): { structure: PlaneStructure; points: P[] } {
  const ids = new Map<string, number>()
  const points: P[] = []
  const cycles = polygons.map((polygon) =>
    polygon.points.map((point) => {
      const known = ids.get(name(point))
      if (known !== undefined) return known
      ids.set(name(point), points.length)
      return points.push(point) - 1
    }),
  )
  const places = points.map(numbers)
  /** The vertices from one to another, the first included. */
  const along = (a: number, b: number): number[] => {
    const [[as, at], [bs, bt]] = [places[a], places[b]]
    const [ds, dt] = [bs - as, bt - at]
    const onEdge = places.flatMap(([s, t], p) => {
      const [ps, pt] = [s - as, t - at]
      const isNear = Math.abs(ds * pt - dt * ps) <= 1e-6 * (Math.abs(ds * pt) + Math.abs(dt * ps)) + 1e-300
      return p !== a && p !== b && isNear && isBetween(points[p], points[a], points[b])
        ? [{ p, share: ps * ds + pt * dt }]
        : []
    })
    return [a, ...onEdge.sort((x, y) => x.share - y.share).map(({ p }) => p)]
  }
  const half = new Map<string, number>()
  const [origin, next, face, first]: number[][] = [[], [], [], []]
  cycles.forEach((cycle, f) => {
    const whole = cycle.flatMap((a, i) => along(a, cycle[(i + 1) % cycle.length]))
    first.push(origin.length)
    whole.forEach((a, i) => {
      const b = whole[(i + 1) % whole.length]
      const h = origin.push(a) - 1
      half.set(`${a} ${b}`, h)
      next.push(i + 1 === whole.length ? first[f] : h + 1)
      face.push(f)
    })
  })
  const twin: number[] = []
  const outside = new Map<number, number>()
  for (let h = 0, inside = origin.length; h < inside; h++) {
    const [a, b] = [origin[h], origin[next[h]]]
    let other = half.get(`${b} ${a}`)
    if (other === undefined) {
      other = origin.push(b) - 1
      face.push(-1)
      outside.set(b, other)
    }
    twin[h] = other
    twin[other] = h
  }
  for (const h of outside.values()) next[h] = outside.get(origin[twin[h]])!
  const packed = packedGroups(groups)
  const words = packed.reduce((sum, { units, planes }) => sum + planes * blocksOf(units), 0)
  const code = Int32Array.from(polygons.flatMap(({ states }) => pack(states, packed, words)))
  const wall = face.map((f, h) => {
    const g = face[twin[h]]
    return f < 0 || g < 0 ? -1 : polygons[f].states.findIndex((state, u) => state !== polygons[g].states[u])
  })
  const structure: PlaneStructure = {
    vertices: points.length,
    halfEdges: origin.length,
    faces: polygons.length,
    s: Float64Array.from(places, ([s]) => s),
    t: Float64Array.from(places, ([, t]) => t),
    origin: Int32Array.from(origin),
    next: Int32Array.from(next),
    twin: Int32Array.from(twin),
    wall: Int32Array.from(wall),
    face: Int32Array.from(face),
    first: Int32Array.from(first),
    code,
    words,
    groups: packed,
  }
  return { structure, points }
}

const blocksOf = (units: number): number => Math.ceil(units / 32)

function packedGroups(groups: readonly UnitGroup[]): PackedGroup[] {
  let from = 0
  return groups.map(({ units, states }) => {
    const group = { units, states, from, planes: Math.ceil(Math.log2(states)) }
    from += group.planes * blocksOf(units)
    return group
  })
}

function pack(states: readonly number[], groups: readonly PackedGroup[], words: number): number[] {
  const code = new Array<number>(words).fill(0)
  let at = 0
  for (const { units, from, planes } of groups)
    for (let unit = 0; unit < units; unit++, at++)
      for (let plane = 0; plane < planes; plane++)
        code[from + plane * blocksOf(units) + (unit >> 5)] |= ((states[at] >> plane) & 1) << (unit & 31)
  return code
}
