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
  const next = core.edgeInts('NEXT')
  const origin = core.edgeInts('ORIGIN')
  const twin = core.edgeInts('TWIN')
  const wall = core.edgeInts('WALL')
  const face = core.edgeInts('FACE')
  const code = core.codes
  const newFace = numbering(faces, finished)
  const isThere = new Uint8Array(halfEdges)
  for (let h = 0; h < halfEdges; h++) {
    const own = face[h]
    if (own === GONE) continue
    const other = face[twin[h]]
    if ((own >= 0 && newFace[own] >= 0) || (other >= 0 && newFace[other] >= 0)) isThere[h] = 1
  }
  const edges = kept(isThere)
  const isUsed = new Uint8Array(vertices)
  for (let i = 0; i < edges.old.length; i++) isUsed[origin[edges.old[i]]] = 1
  const points = kept(isUsed)
  const unit = unitsOfWalls(core)
  const structure: PlaneStructure = {
    vertices: points.old.length,
    halfEdges: edges.old.length,
    faces: finished.length,
    s: picked(core.vertexFloats('S'), points.old),
    t: picked(core.vertexFloats('T'), points.old),
    origin: renamed(origin, edges.old, points.now),
    next: renamed(next, edges.old, edges.now),
    twin: renamed(twin, edges.old, edges.now),
    wall: renamed(wall, edges.old, unit),
    face: renamed(face, edges.old, newFace),
    first: new Int32Array(finished.length),
    code: new Int32Array(words * finished.length),
    words,
    groups,
  }
  const first = core.firsts
  for (let i = 0; i < finished.length; i++) {
    const f = finished[i]
    structure.first[i] = edges.now[first[f]]
    for (let w = 0; w < words; w++) structure.code[words * i + w] = code[words * f + w]
  }
  return { structure, vertex: points.old }
}

function numbering(count: number, chosen: Int32Array): Int32Array {
  const now = new Int32Array(count).fill(-1)
  for (let i = 0; i < chosen.length; i++) now[chosen[i]] = i
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

function picked(values: Float64Array, at: Int32Array): Float64Array {
  const chosen = new Float64Array(at.length)
  for (let i = 0; i < at.length; i++) chosen[i] = values[at[i]]
  return chosen
}

/** The new numbers of some values; below 0 there is none. */
function renamed(values: Int32Array, at: Int32Array, now: Int32Array): Int32Array {
  const chosen = new Int32Array(at.length)
  for (let i = 0; i < at.length; i++) {
    const value = values[at[i]]
    chosen[i] = value < 0 ? -1 : now[value]
  }
  return chosen
}

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
