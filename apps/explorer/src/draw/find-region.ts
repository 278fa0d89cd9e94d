import type { RegionsPicture } from '../work/messages.ts'

/** Polygons to a cell of the grid that are looked at for a point, about. */
const POLYGONS_A_CELL = 2

/** Corners have 24 bits and where a wall ends beside an edge they need not lie on it: of the frame, so much is on an edge. */
const ON_EDGE = 1e-6

/** The polygons whose boxes meet each cell of a grid over the frame. */
interface Grid {
  readonly side: number
  /** Where the polygons of each cell begin, and those of the last end: [side² + 1]. */
  readonly starts: Uint32Array
  readonly polygons: Uint32Array
}

const grids = new WeakMap<RegionsPicture, Grid>()

/**
 * The polygon of a picture that holds a point: −1 where none does. On a wall, and in the cracks of rounded corners, it is the one that the point lies deepest in.
 * The first call for a picture sorts its polygons into a grid (2 ms for 6,700), so that it is for hovering and selecting, not for every frame.
 */
export function findRegion(picture: RegionsPicture, s: number, t: number): number {
  const { frame, regions } = picture
  const isInside = s >= frame.s[0] && s <= frame.s[1] && t >= frame.t[0] && t <= frame.t[1]
  if (!isInside || regions === 0) return -1
  let grid = grids.get(picture)
  if (grid === undefined) {
    grid = gridOf(picture)
    grids.set(picture, grid)
  }
  const { side, starts, polygons } = grid
  const cell = cellOf(t, frame.t, side) * side + cellOf(s, frame.s, side)
  let [found, deepest] = [-1, -ON_EDGE * Math.min(frame.s[1] - frame.s[0], frame.t[1] - frame.t[0])]
  for (let k = starts[cell]; k < starts[cell + 1]; k++) {
    const depth = depthIn(picture, polygons[k], s, t)
    if (depth > deepest) [found, deepest] = [polygons[k], depth]
  }
  return found
}

const cellOf = (x: number, [low, high]: readonly [number, number], side: number): number =>
  Math.min(side - 1, Math.max(0, Math.floor((side * (x - low)) / (high - low))))

function gridOf(picture: RegionsPicture): Grid {
  const { regions, corners, starts: ends, frame } = picture
  const side = Math.max(1, Math.round(Math.sqrt(regions / POLYGONS_A_CELL)))
  const eachCell = (polygon: number, see: (cell: number) => void) => {
    let [s0, s1, t0, t1] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let k = ends[polygon]; k < ends[polygon + 1]; k++) {
      const [s, t] = [corners[2 * k], corners[2 * k + 1]]
      ;[s0, s1, t0, t1] = [Math.min(s0, s), Math.max(s1, s), Math.min(t0, t), Math.max(t1, t)]
    }
    // Points beside a box may be on its polygon's edge.
    const [moreS, moreT] = [ON_EDGE * (frame.s[1] - frame.s[0]), ON_EDGE * (frame.t[1] - frame.t[0])]
    const [i0, i1] = [cellOf(s0 - moreS, frame.s, side), cellOf(s1 + moreS, frame.s, side)]
    const last = cellOf(t1 + moreT, frame.t, side)
    for (let j = cellOf(t0 - moreT, frame.t, side); j <= last; j++)
      for (let i = i0; i <= i1; i++) see(j * side + i)
  }
  const starts = new Uint32Array(side * side + 1)
  for (let polygon = 0; polygon < regions; polygon++) eachCell(polygon, (cell) => void starts[cell + 1]++)
  for (let cell = 0; cell < side * side; cell++) starts[cell + 1] += starts[cell]
  const polygons = new Uint32Array(starts[side * side])
  const next = starts.slice()
  for (let polygon = 0; polygon < regions; polygon++)
    eachCell(polygon, (cell) => void (polygons[next[cell]++] = polygon))
  return { side, starts, polygons }
}

/** How far a point lies inside of a convex polygon from its nearest side; below 0 outside. */
export function depthIn(
  { corners, starts }: Pick<RegionsPicture, 'corners' | 'starts'>,
  polygon: number,
  s: number,
  t: number,
): number {
  let [least, largest] = [Infinity, -Infinity]
  const [from, to] = [starts[polygon], starts[polygon + 1]]
  for (let k = from; k < to; k++) {
    const next = k + 1 < to ? k + 1 : from
    const [as, at] = [corners[2 * k], corners[2 * k + 1]]
    const [ds, dt] = [corners[2 * next] - as, corners[2 * next + 1] - at]
    const length = Math.hypot(ds, dt)
    if (length === 0) continue
    const distance = (ds * (t - at) - dt * (s - as)) / length
    ;[least, largest] = [Math.min(least, distance), Math.max(largest, distance)]
  }
  // Whichever way round the corners go.
  return Math.max(least, -largest)
}
