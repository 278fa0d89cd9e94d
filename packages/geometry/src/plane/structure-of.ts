import type { Core } from './core.ts'
import type { PlaneStructure } from './structure.ts'

/** What the core has made, with the number in it of each vertex. */
export interface Extracted {
  readonly structure: PlaneStructure
  readonly vertex: Int32Array
}

/** Half-edges whose face is this are gone. */
const GONE = -2

/**
 * The planar structure of the faces that are finished, copied out of the core; those that are not count as outside. Numbers of what has gone on the way
 * are used again.
 */
export function extract(core: Core, finished: Int32Array): Extracted {
  const { vertices, halfEdges, faces, words, groups } = core
  const ints = (name: 'NEXT' | 'ORIGIN' | 'TWIN' | 'WALL' | 'FACE') => core.ints(name, halfEdges)
  const [next, origin, twin, wall, face] = [
    ints('NEXT'),
    ints('ORIGIN'),
    ints('TWIN'),
    ints('WALL'),
    ints('FACE'),
  ]
  const code = core.ints('CODE', words * faces)
  const newFace = numbering(faces, finished)
  const isThere = new Uint8Array(halfEdges)
  for (let h = 0; h < halfEdges; h++) {
    const [own, other] = [face[h], face[twin[h]]]
    const isOutside = (f: number) => f < 0 || newFace[f] < 0
    isThere[h] = Number(own !== GONE && !(isOutside(own) && isOutside(other)))
  }
  const edges = kept(isThere)
  const isUsed = new Uint8Array(vertices)
  for (const h of edges.old) isUsed[origin[h]] = 1
  const points = kept(isUsed)
  const unit = unitsOfWalls(core)
  const map = <T extends Int32Array>(values: T, of: (x: number) => number) =>
    Int32Array.from(edges.old, (h) => of(values[h]))
  const structure: PlaneStructure = {
    vertices: points.old.length,
    halfEdges: edges.old.length,
    faces: finished.length,
    s: pick(core.floats('S', vertices), points.old),
    t: pick(core.floats('T', vertices), points.old),
    origin: map(origin, (v) => points.now[v]),
    next: map(next, (h) => edges.now[h]),
    twin: map(twin, (h) => edges.now[h]),
    wall: map(wall, (cutter) => (cutter < 0 ? -1 : unit[cutter])),
    face: map(face, (f) => (f < 0 ? -1 : newFace[f])),
    first: new Int32Array(finished.length),
    code: new Int32Array(words * finished.length),
    words,
    groups,
  }
  const first = core.ints('FIRST', faces)
  for (const [i, f] of finished.entries()) {
    structure.first[i] = edges.now[first[f]]
    structure.code.set(code.subarray(words * f, words * (f + 1)), words * i)
  }
  return { structure, vertex: points.old }
}

function numbering(count: number, chosen: Int32Array): Int32Array {
  const now = new Int32Array(count).fill(-1)
  for (const [i, x] of chosen.entries()) now[x] = i
  return now
}

/** New numbers of what is kept, and the old ones. */
function kept(isKept: Uint8Array): { now: Int32Array; old: Int32Array } {
  const now = new Int32Array(isKept.length).fill(-1)
  let count = 0
  for (let i = 0; i < isKept.length; i++) if (isKept[i]) now[i] = count++
  const old = new Int32Array(count)
  for (let i = 0; i < isKept.length; i++) if (isKept[i]) old[now[i]] = i
  return { now, old }
}

const pick = (values: Float64Array, at: Int32Array): Float64Array => Float64Array.from(at, (i) => values[i])

/** The unit, counted over all groups, of each cutter. */
function unitsOfWalls({ cutters, levels }: Core): Int32Array {
  const parts = cutters.map(({ perUnit, unitFrom }, k) =>
    Int32Array.from({ length: levels[k].units * perUnit }, (_, i) => unitFrom + Math.floor(i / perUnit)),
  )
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
