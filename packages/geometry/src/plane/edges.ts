import { type Corners, placeKind } from './corners.ts'
import type { PlaneStructure } from './structure.ts'

/** Calls once with every edge: its first and its last half-edge, in one of the faces it bounds. Pieces in a row are one edge. */
export function eachEdge(
  { halfEdges, next, twin, face }: PlaneStructure,
  { kind }: Corners,
  see: (from: number, to: number) => void,
): void {
  for (let h = 0; h < halfEdges; h++) {
    if (face[h] <= face[twin[h]] || kind[h] === placeKind.piece) continue
    let last = h
    while (kind[next[last]] === placeKind.piece) last = next[last]
    see(h, last)
  }
}
