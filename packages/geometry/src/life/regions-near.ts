import type { PlanePartition } from '../plane/partition.ts'
import { eachHalfEdge, type PlanePoint } from '../plane/polygon.ts'
import type { PlaneStructure } from '../plane/structure.ts'
import { expectComplete, facesWhere } from './region-life.ts'

/**
 * The regions of a plane within reach of points: those with points at less than `radius` from one of them, inside or outside of the window. The count
 * follows walls from the region that holds a point to those behind them, so that it looks at few regions. One point's are those of
 * `regionsMeetingDisc`, which decides every case in rational arithmetic; here a disc that touches a region within rounding may count or not.
 *
 * @param points [s, t] each
 * @param radius in the units of (s, t)
 * @returns their numbers, in order
 * @throws Error for a partition that is not complete, RangeError for a radius that is not above 0 or a point that is not finite.
 * @example
 * import { init, tensor, reluActivation } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { planePartition, regionsNear } from '@facet/geometry'
 * await init()
 * const weight = tensor([[1, 0], [0, 1], [1, 1]])
 * const lines = new Network([new Dense({ name: 'lines', weight, bias: tensor([0, 0, -1]), activation: reluActivation })])
 * const partition = planePartition(lines, { window: [-2, 2] })
 * regionsNear(partition, [[0.25, 0.25]], 0.1).length // 1: all walls are 0.25 or more away
 * regionsNear(partition, [[0.25, 0.25]], 0.3).length // 3: two walls are 0.25 away, the point where they meet 0.35
 * regionsNear(partition, [[0.25, 0.25], [0.5, 0.5]], 0.3).length // 4
 */
export function regionsNear(
  partition: PlanePartition,
  points: readonly PlanePoint[],
  radius: number,
): Int32Array {
  expectComplete('regionsNear', partition)
  if (!(radius > 0 && radius < Infinity))
    throw new RangeError(`regionsNear: radius: expected a finite number above 0, got ${radius}`)
  const { structure } = partition
  const { first, twin, face, faces } = structure
  const isNear = new Uint8Array(faces)
  /** The last point, counted from 1, whose disc was seen to meet a face. */
  const seenBy = new Int32Array(faces)
  const waiting = new Int32Array(faces)
  points.forEach((point, i) => {
    const start = startOf(partition, point, radius)
    if (start < 0) return
    let count = 0
    const see = (f: number) => {
      if (f < 0 || seenBy[f] === i + 1) return
      seenBy[f] = i + 1
      isNear[f] = 1
      waiting[count++] = f
    }
    see(start)
    while (count > 0)
      eachHalfEdge(structure, first[waiting[--count]], (h) => {
        if (squareTo(structure, h, point) < radius * radius) see(face[twin[h]])
      })
  })
  return facesWhere(faces, (f) => isNear[f] === 1)
}

/** A region that the disc meets: the one that holds its centre, or the point of the window that is nearest to it; −1 where there is none. */
function startOf(partition: PlanePartition, [s, t]: PlanePoint, radius: number): number {
  if (!Number.isFinite(s) || !Number.isFinite(t))
    throw new RangeError(`regionsNear: expected finite points, got [${s}, ${t}]`)
  const inside = partition.at(s, t)
  if (inside !== null) return inside.index
  const [low, high] = cornersOf(partition.structure)
  const [s1, t1] = [clamped(s, low[0], high[0]), clamped(t, low[1], high[1])]
  if (!((s1 - s) ** 2 + (t1 - t) ** 2 < radius ** 2)) return -1
  return partition.at(s1, t1)?.index ?? -1
}

const clamped = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))

/** The lowest and the highest corner of the window, which the faces fill. */
function cornersOf({ s, t, vertices }: PlaneStructure): [low: PlanePoint, high: PlanePoint] {
  let [s0, t0, s1, t1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let v = 0; v < vertices; v++) {
    s0 = Math.min(s0, s[v])
    t0 = Math.min(t0, t[v])
    s1 = Math.max(s1, s[v])
    t1 = Math.max(t1, t[v])
  }
  return [
    [s0, t0],
    [s1, t1],
  ]
}

/** The square of the distance of a point from an edge. */
function squareTo({ s, t, origin, next }: PlaneStructure, h: number, [ps, pt]: PlanePoint): number {
  const [a, b] = [origin[h], origin[next[h]]]
  const [ds, dt, qs, qt] = [s[b] - s[a], t[b] - t[a], s[a] - ps, t[a] - pt]
  const square = ds * ds + dt * dt
  const share = square > 0 ? clamped(-(qs * ds + qt * dt) / square, 0, 1) : 0
  return (qs + share * ds) ** 2 + (qt + share * dt) ** 2
}
