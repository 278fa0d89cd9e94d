import type { PlaneStructure } from '../structure.ts'
import { COORDINATE_ERROR } from './bounds.ts'
import type { Core } from './core.ts'
import type { Plan } from './plan.ts'

/** What the core has made. */
export interface Extracted {
  readonly structure: PlaneStructure
  /** The core's number of each vertex; `null` where it is the same. */
  readonly vertex: Int32Array | null
  /** How far from its true place each vertex may be. */
  readonly errors: Float64Array
}

/** Half-edges whose face is this are gone. */
const GONE = -2

/**
 * The planar structure of the faces that are finished, copied out of the core; those that are not count as outside.
 *
 * @param finished the faces in order
 */
export function extract(core: Core, finished: Int32Array): Extracted {
  const { vertices, halfEdges, faces } = core
  const { words, groups } = core.plan
  const [s, t] = [core.records.vertexFloats('S'), core.records.vertexFloats('T')]
  const errors = core.records.vertexFloats('RHO')
  const rounding = COORDINATE_ERROR * Math.max(largest(s), largest(t))
  for (let v = 0; v < vertices; v++) errors[v] += rounding
  const structure = {
    ...{ vertices, halfEdges, faces, words, groups, s, t },
    ...core.records.edges(unitsOfWalls(core.plan)),
    first: core.firsts.slice(),
    code: core.codes.slice(),
  }
  if (finished.length === faces && !structure.face.includes(GONE)) return { structure, vertex: null, errors }
  return without(structure, errors, finished)
}

/** The structure without what is gone or was not finished; what remains is numbered anew. */
function without(all: PlaneStructure, errors: Float64Array, finished: Int32Array): Extracted {
  const { vertices, halfEdges, faces, words, groups, face, twin, origin } = all
  const newFace = new Int32Array(faces).fill(-1)
  for (let i = 0; i < finished.length; i++) newFace[finished[i]] = i
  const isThere = new Uint8Array(halfEdges)
  const isUsed = new Uint8Array(vertices)
  for (let h = 0; h < halfEdges; h++) {
    const [own, other] = [face[h], face[twin[h]]]
    if (own === GONE || ((own < 0 || newFace[own] < 0) && (other < 0 || newFace[other] < 0))) continue
    isThere[h] = 1
    isUsed[origin[h]] = 1
  }
  const edges = kept(isThere)
  const points = kept(isUsed)
  const structure: PlaneStructure = {
    ...{ vertices: points.old.length, halfEdges: edges.old.length, faces: finished.length, words, groups },
    s: picked(all.s, points.old),
    t: picked(all.t, points.old),
    origin: renamed(origin, edges.old, points.now),
    next: renamed(all.next, edges.old, edges.now),
    twin: renamed(twin, edges.old, edges.now),
    wall: Int32Array.from(edges.old, (h) => all.wall[h]),
    face: renamed(face, edges.old, newFace),
    first: renamed(all.first, finished, edges.now),
    code: new Int32Array(words * finished.length),
  }
  for (let i = 0; i < finished.length; i++)
    for (let w = 0; w < words; w++) structure.code[words * i + w] = all.code[words * finished[i] + w]
  return { structure, vertex: points.old, errors: picked(errors, points.old) }
}

function largest(x: Float64Array): number {
  let most = 0
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]))
  return most
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
function unitsOfWalls({ cutters, levels }: Plan): Int32Array {
  const last = cutters.length - 1
  const count = last < 0 ? 0 : cutters[last].first + levels[last].units * cutters[last].perUnit
  const units = new Int32Array(count)
  for (const [k, { first, perUnit, unitFrom }] of cutters.entries())
    for (let i = 0; i < levels[k].units * perUnit; i++) units[first + i] = unitFrom + Math.floor(i / perUnit)
  return units
}
