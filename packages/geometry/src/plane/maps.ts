import { type Program, unitsOf } from '../program/program.ts'
import type { PackedCodes } from './codes.ts'
import type { Plane } from './core/window.ts'
import { LiveStates } from './live-states.ts'
import { PRIMES, residues } from './residues.ts'
import type { PlaneStructure } from './structure.ts'
import { HeldSweep } from './sweep.ts'

/** Regions put into classes. */
export interface RegionClasses {
  readonly count: number
  /** The class of each region, numbered in the order of the first region of each. */
  readonly of: Int32Array
}

/** Whether the network has the same map, as a function of (s, t), on two faces; decided without rounding. */
export type SameMap = (a: number, b: number) => boolean

/**
 * Which faces have the same affine map of the output.
 *
 * The network's value at a point with residues as coordinates tells maps apart for certain where it differs, at the cost of one number a
 * unit. Faces for which it agrees modulo two primes have the same map where the states that matter are the same, and are compared exactly otherwise.
 */
export function classifyMaps(
  program: Program,
  plane: Plane,
  codes: PackedCodes,
  order: Int32Array,
  isSame: SameMap,
): RegionClasses {
  const keys = valueKeys(program, plane, codes, order)
  const live = new LiveStates(program)
  const states = new Int32Array(unitsOf(program))
  const alone = new Map<number, number>()
  const shared = new Map<number, { byStates: Map<string, number>; faces: number[] }>()
  const of = new Int32Array(order.length)
  const liveOf = (face: number) => live.of(codes.readInto(face, states))
  // Every face is in the class of a face that comes before it, or is the first of its own.
  for (let face = 0; face < of.length; face++) {
    const key = keys[face]
    const first = alone.get(key)
    if (first === undefined) {
      alone.set(key, face)
      of[face] = face
      continue
    }
    let known = shared.get(key)
    if (known === undefined)
      shared.set(key, (known = { byStates: new Map([[liveOf(first), first]]), faces: [first] }))
    const states = liveOf(face)
    let representative = known.byStates.get(states)
    if (representative === undefined) {
      representative = known.faces.find((other) => isSame(other, face)) ?? face
      if (representative === face) known.faces.push(face)
      known.byStates.set(states, representative)
    }
    of[face] = representative
  }
  return numbered(of)
}

/** Connected unions of faces of one class that share edges. */
export function connectedClasses(
  { halfEdges, twin, face }: PlaneStructure,
  classes: RegionClasses,
): RegionClasses {
  const root = Int32Array.from(classes.of, (_, i) => i)
  const find = (i: number): number => {
    while (root[i] !== i) i = root[i] = root[root[i]]
    return i
  }
  for (let h = 0; h < halfEdges; h++) {
    const [a, b] = [face[h], face[twin[h]]]
    if (a > b && b >= 0 && classes.of[a] === classes.of[b]) {
      const [x, y] = [find(a), find(b)]
      root[Math.max(x, y)] = Math.min(x, y)
    }
  }
  return numbered(root.map((_, i) => find(i)))
}

/** @param first the first member of the class of each */
function numbered(first: Int32Array): RegionClasses {
  const of = new Int32Array(first.length)
  let count = 0
  for (let i = 0; i < of.length; i++) of[i] = first[i] === i ? count++ : of[first[i]]
  return { count, of }
}

/** Of each face, a sum of the outputs at a point, both with fixed weights, modulo either prime. */
function valueKeys(
  program: Program,
  { origin, u, v }: Plane,
  codes: PackedCodes,
  order: Int32Array,
): Float64Array {
  const keys = new Float64Array(order.length)
  for (const prime of PRIMES) {
    const field = residues(prime)
    const random = scrambler(prime)
    const [s, t] = [random(), random()]
    const weights = Float64Array.from({ length: program.outputs }, random)
    const input = Float64Array.from({ length: program.inputs }, (_, i) => {
      const along = ((field.of(u[i]) * s) % prime) + ((field.of(v[i]) * t) % prime)
      return (field.of(origin[i]) + along) % prime
    })
    new HeldSweep(program, input, 1, field).each(codes, order, (face, output) => {
      let sum = 0
      for (let i = 0; i < output.length; i++) sum = (sum + weights[i] * output[i]) % prime
      keys[face] = keys[face] * prime + sum
    })
  }
  return keys
}

/** Residues without a pattern, the same every time. */
function scrambler(modulus: number): () => number {
  let state = 12345
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return 1 + ((state >>> 8) % (modulus - 1))
  }
}
