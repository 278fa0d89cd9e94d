import { nearestOthers } from './order-nearest.ts'

/** New edges are looked for among so many nearest points. */
const CANDIDATES = 12

/** The sum of the distances between neighbours on a path. */
export function pathLength(path: Int32Array, distances: Float64Array): number {
  const d = path.length
  let total = 0
  for (let k = 1; k < d; k++) total += distances[path[k - 1] * d + path[k]]
  return total
}

/** From `start` on always to the nearest point that is left. */
export function greedyPath(start: number, distances: Float64Array, d: number): Int32Array {
  const path = new Int32Array(d)
  const isIn = new Uint8Array(d)
  path[0] = start
  isIn[start] = 1
  for (let k = 1; k < d; k++) {
    const row = path[k - 1] * d
    let best = -1
    for (let q = 0; q < d; q++)
      if (isIn[q] === 0 && (best < 0 || distances[row + q] < distances[row + best])) best = q
    path[k] = best
    isIn[best] = 1
  }
  return path
}

/**
 * The 2-opt search (Croes 1958) on an open path, in place: of all stretches the one whose reversal shortens the path most is reversed,
 * until none does or `moves` are made.
 *
 * @returns how many moves were made
 */
export function shorten(path: Int32Array, distances: Float64Array, moves: number): number {
  const d = path.length
  const k = Math.min(CANDIDATES, d - 1)
  const nearest = nearestOthers(distances, d, k)
  const place = new Int32Array(d)
  path.forEach((p, at) => {
    place[p] = at
  })
  const between = (i: number, j: number): number => distances[path[i] * d + path[j]]
  // Below this a gain is rounding, and the search could go in circles.
  const least = 1e-12 * pathLength(path, distances)
  for (let move = 0; move < moves; move++) {
    let [gain, from, to] = [least, -1, -1]
    const offer = (saved: number, i: number, j: number): void => {
      if (saved > gain) [gain, from, to] = [saved, i, j]
    }
    // The stretches at an end: one edge goes, one comes.
    for (let i = 1; i < d - 1; i++) {
      offer(between(i, i + 1) - between(0, i + 1), 0, i)
      offer(between(i - 1, i) - between(i - 1, d - 1), i, d - 1)
    }
    // Of the two edges that come one is shorter than the one that goes from the same point.
    for (let i = 0; i < d; i++) {
      for (const side of [1, -1]) {
        const beside = i + side
        if (beside < 0 || beside >= d) continue
        const old = between(i, beside)
        for (let c = 0; c < k; c++) {
          const j = place[nearest[path[i] * k + c]]
          const near = between(i, j)
          if (near >= old) break
          const besideJ = j + side
          if (besideJ < 0 || besideJ >= d) continue
          const saved = old + between(j, besideJ) - near - between(beside, besideJ)
          if (side === 1) offer(saved, Math.min(i, j) + 1, Math.max(i, j))
          else offer(saved, Math.min(i, j), Math.max(i, j) - 1)
        }
      }
    }
    if (from < 0) return move
    path.subarray(from, to + 1).reverse()
    for (let at = from; at <= to; at++) place[path[at]] = at
  }
  return moves
}
