import type { PackedCodes } from './codes.ts'
import { type PlanePoint, pointOf } from './polygon.ts'
import type { PlaneStructure } from './structure.ts'

/** A piece of a level set: a polyline with the higher side on its left. */
export interface LevelLine {
  /** Its points [s, t], one wherever it meets a wall; those of a closed one begin and end with the same. */
  readonly points: readonly PlanePoint[]
  readonly isClosed: boolean
}

/** The edges across which the state of the last group's only unit differs, chained. Lines that cross turn away from each other. */
export function levelLines(structure: PlaneStructure, codes: PackedCodes): LevelLine[] {
  const { halfEdges, next, twin, face } = structure
  const group = codes.groups.length - 1
  const isAbove = (h: number) => face[h] >= 0 && codes.state(face[h], group, 0) === 1
  const isLevel = Uint8Array.from({ length: halfEdges }, (_, h) =>
    isAbove(h) && face[twin[h]] >= 0 && !isAbove(twin[h]) ? 1 : 0,
  )
  /** The level edge that goes on where one ends, around the vertex through regions above; −1 at the edge of the window. */
  const following = (h: number): number => {
    let out = next[h]
    while (isLevel[out] === 0) {
      if (face[twin[out]] < 0) return -1
      out = next[twin[out]]
    }
    return out
  }
  const hasBefore = new Uint8Array(halfEdges)
  const after = new Int32Array(halfEdges).fill(-1)
  for (let h = 0; h < halfEdges; h++)
    if (isLevel[h] === 1) {
      after[h] = following(h)
      if (after[h] >= 0) hasBefore[after[h]] = 1
    }
  const lines: LevelLine[] = []
  const trace = (start: number) => {
    const points = [pointOf(structure, start)]
    let h = start
    do {
      isLevel[h] = 0
      points.push(pointOf(structure, next[h]))
      h = after[h]
    } while (h >= 0 && h !== start)
    lines.push({ points, isClosed: h === start })
  }
  for (const closed of [false, true])
    for (let h = 0; h < halfEdges; h++) if (isLevel[h] === 1 && (closed || hasBefore[h] === 0)) trace(h)
  return lines
}
