import type { PlaneStructure } from './structure.ts'

/** A point of the plane: origin + s u + t v. */
export type PlanePoint = readonly [s: number, t: number]

/** Calls with the half-edges of the face of the one to start with, in order, its inside on the left. */
export function eachHalfEdge({ next }: PlaneStructure, start: number, see: (h: number) => void): void {
  let h = start
  do {
    see(h)
    h = next[h]
  } while (h !== start)
}

/** In (s, t). */
export function areaOf({ s, t, origin, next, first }: PlaneStructure, face: number): number {
  // From a vertex of its own: the products are as small as the face, and so are their roundings.
  const start = origin[first[face]]
  const [s0, t0] = [s[start], t[start]]
  let twice = 0
  for (let h = next[first[face]]; next[h] !== first[face]; h = next[h]) {
    const [a, b] = [origin[h], origin[next[h]]]
    twice += (s[a] - s0) * (t[b] - t0) - (t[a] - t0) * (s[b] - s0)
  }
  return twice / 2
}

/** Of an edge, from the beginning of its first half-edge to the end of its last. */
export function lengthOf({ s, t, origin, next }: PlaneStructure, from: number, to = from): number {
  const [a, b] = [origin[from], origin[next[to]]]
  const [ds, dt] = [s[b] - s[a], t[b] - t[a]]
  // The largest first: squares of small windows would be no numbers any more, and Math.hypot takes 10 times as long.
  const scale = Math.max(Math.abs(ds), Math.abs(dt))
  return scale === 0 ? 0 : scale * Math.sqrt((ds / scale) ** 2 + (dt / scale) ** 2)
}

/** The mean of the area of a face. */
export function centroidOf({ s, t, origin, next, first }: PlaneStructure, face: number): PlanePoint {
  const start = origin[first[face]]
  const [s0, t0] = [s[start], t[start]]
  let [sum, sumS, sumT] = [0, 0, 0]
  for (let h = next[first[face]]; next[h] !== first[face]; h = next[h]) {
    const [a, b] = [origin[h], origin[next[h]]]
    const [as, at, bs, bt] = [s[a] - s0, t[a] - t0, s[b] - s0, t[b] - t0]
    const twice = as * bt - at * bs
    sum += twice
    sumS += twice * (as + bs)
    sumT += twice * (at + bt)
  }
  return [s0 + sumS / (3 * sum), t0 + sumT / (3 * sum)]
}

/** Where a half-edge begins. */
export const pointOf = ({ s, t, origin }: PlaneStructure, h: number): PlanePoint => [
  s[origin[h]],
  t[origin[h]],
]
