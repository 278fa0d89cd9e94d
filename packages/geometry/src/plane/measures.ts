import type { Program } from '../program/program.ts'
import type { PackedCodes } from './codes.ts'
import type { Plane } from './core/window.ts'
import { centroidOf, eachHalfEdge } from './polygon.ts'
import type { PlaneStructure } from './structure.ts'
import { floats, HeldSweep } from './sweep.ts'

/** A plane as [3, inputs]: origin, u, v. */
const columnsOf = ({ origin, u, v }: Plane): Float64Array =>
  Float64Array.from([origin, u, v].flatMap((vector) => Array.from(vector)))

/**
 * Of each face ‖A‖_F restricted to the plane: A is taken along two directions of the plane that are orthogonal and of length 1 in the
 * input space, whatever u and v are.
 */
export function slopeNorms(
  program: Program,
  plane: Plane,
  codes: PackedCodes,
  order: Int32Array,
): Float64Array {
  const { u, v } = plane
  let [uu, uv, vv] = [0, 0, 0]
  for (let i = 0; i < program.inputs; i++) {
    uu += u[i] * u[i]
    uv += u[i] * v[i]
    vv += v[i] * v[i]
  }
  const share = uv / uu
  const rest = Math.sqrt(vv - share * uv)
  const norms = new Float64Array(order.length)
  new HeldSweep(program, columnsOf(plane), 3, floats).each(codes, order, (face, output) => {
    let squares = 0
    for (let i = 0, n = program.outputs; i < n; i++) {
      const [alongU, alongV] = [output[n + i], output[2 * n + i]]
      const [along, across] = [alongU / Math.sqrt(uu), (alongV - share * alongU) / rest]
      squares += along * along + across * across
    }
    norms[face] = Math.sqrt(squares)
  })
  return norms
}

/** Errors ‖x − f(x)‖² of a network that returns to its input space. */
export interface ReconstructionErrors {
  /** At the centroid of each region. */
  readonly atCentroid: Float64Array
  /** The largest over each region, which is at a corner: the error is convex there (docs/mathematics.md 2). */
  readonly largest: Float64Array
}

/** @throws Error where outputs are not as many as inputs. */
export function reconstructionErrors(
  program: Program,
  plane: Plane,
  structure: PlaneStructure,
  codes: PackedCodes,
  order: Int32Array,
): ReconstructionErrors {
  const { inputs, outputs } = program
  if (inputs !== outputs)
    throw new Error(`reconstructionErrors: expected as many outputs as inputs, got ${outputs} and ${inputs}`)
  const x = columnsOf(plane)
  const rest = new Float64Array(x.length)
  const errorAt = (s: number, t: number): number => {
    let sum = 0
    for (let i = 0; i < inputs; i++) sum += (rest[i] + s * rest[inputs + i] + t * rest[2 * inputs + i]) ** 2
    return sum
  }
  const atCentroid = new Float64Array(order.length)
  const largest = new Float64Array(order.length)
  new HeldSweep(program, x, 3, floats).each(codes, order, (face, output) => {
    for (let k = 0; k < rest.length; k++) rest[k] = x[k] - output[k]
    atCentroid[face] = errorAt(...centroidOf(structure, face))
    eachHalfEdge(structure, structure.first[face], (h) => {
      const vertex = structure.origin[h]
      largest[face] = Math.max(largest[face], errorAt(structure.s[vertex], structure.t[vertex]))
    })
  })
  return { atCentroid, largest }
}
