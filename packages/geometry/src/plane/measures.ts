import type { Program } from '../program/program.ts'
import type { PackedCodes } from './codes.ts'
import type { Plane } from './maps.ts'
import { centroidOf, eachHalfEdge } from './polygon.ts'
import type { PlaneStructure } from './structure.ts'
import { floats, HeldSweep } from './sweep.ts'

/** The columns (origin, u, v) of a plane: [inputs, 3]. */
const columnsOf = ({ inputs }: Program, { origin, u, v }: Plane): Float64Array =>
  Float64Array.from({ length: 3 * inputs }, (_, k) => [origin, u, v][k % 3][Math.floor(k / 3)])

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
  new HeldSweep(program, columnsOf(program, plane), 3, floats).each(codes, order, (face, output) => {
    let squares = 0
    for (let k = 0; k < output.length; k += 3) {
      const [along, across] = [output[k + 1] / Math.sqrt(uu), (output[k + 2] - share * output[k + 1]) / rest]
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
  const x = columnsOf(program, plane)
  const rest = new Float64Array(x.length)
  const errorAt = (s: number, t: number): number => {
    let sum = 0
    for (let k = 0; k < rest.length; k += 3) sum += (rest[k] + s * rest[k + 1] + t * rest[k + 2]) ** 2
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
