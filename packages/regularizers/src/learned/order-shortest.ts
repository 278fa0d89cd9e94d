import { fiedlerOrder } from './order-fiedler.ts'
import { greedyPath, pathLength, shorten } from './order-path.ts'

/** A short path through all points. */
export interface ShortPath {
  /** [d]: the point at every place; the end with the lower index comes first */
  readonly path: Int32Array
  readonly length: number
}

/**
 * The shortest of the paths that 2-opt makes of the Fiedler order and of the greedy paths from its two ends.
 *
 * @param distances [d, d]
 */
export function shortPath(distances: Float64Array, d: number, neighbours: number, moves: number): ShortPath {
  const spectral = fiedlerOrder(distances, d, neighbours)
  const ends = [spectral[0], spectral[d - 1]]
  const starts = [spectral, ...ends.map((end) => greedyPath(end, distances, d))]
  let best = starts[0]
  let length = Number.POSITIVE_INFINITY
  for (const path of starts) {
    shorten(path, distances, moves)
    const own = pathLength(path, distances)
    if (own < length) [best, length] = [path, own]
  }
  if (best[0] > best[d - 1]) best.reverse()
  return { path: best, length }
}
