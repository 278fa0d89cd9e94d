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
  /** That corner, [s, t] of each region: [2 × regions]. */
  readonly at: Float64Array
}

/** Numbers of a region among the error forms. */
export const ERROR_NUMBERS = 8

/**
 * The error ‖x − f(x)‖² of each face as a quadratic around its centroid, [faces × 8]: s and t of the centroid, then the coefficients of 1, ds, dt, ds², ds·dt and dt².
 *
 * @throws Error where outputs are not as many as inputs.
 */
export function errorForms(
  operation: string,
  program: Program,
  plane: Plane,
  structure: PlaneStructure,
  codes: PackedCodes,
  order: Int32Array,
): Float64Array {
  const { inputs, outputs } = program
  if (inputs !== outputs)
    throw new Error(`${operation}: expected as many outputs as inputs, got ${outputs} and ${inputs}`)
  const x = columnsOf(plane)
  const forms = new Float64Array(ERROR_NUMBERS * order.length)
  new HeldSweep(program, x, 3, floats).each(codes, order, (face, output) => {
    const [cs, ct] = centroidOf(structure, face)
    let [e0, es, et, ess, est, ett] = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < inputs; i++) {
      const rs = x[inputs + i] - output[inputs + i]
      const rt = x[2 * inputs + i] - output[2 * inputs + i]
      const r = x[i] - output[i] + cs * rs + ct * rt
      e0 += r * r
      es += 2 * r * rs
      et += 2 * r * rt
      ess += rs * rs
      est += 2 * rs * rt
      ett += rt * rt
    }
    forms.set([cs, ct, e0, es, et, ess, est, ett], ERROR_NUMBERS * face)
  })
  return forms
}

/** @param forms those of {@link errorForms} */
export function reconstructionErrors(forms: Float64Array, structure: PlaneStructure): ReconstructionErrors {
  const { faces, first, origin, s, t } = structure
  const found = {
    atCentroid: new Float64Array(faces),
    largest: new Float64Array(faces),
    at: new Float64Array(2 * faces),
  }
  for (let face = 0; face < faces; face++) {
    const from = ERROR_NUMBERS * face
    found.atCentroid[face] = forms[from + 2]
    let largest = -1
    eachHalfEdge(structure, first[face], (h) => {
      const vertex = origin[h]
      const [ds, dt] = [s[vertex] - forms[from], t[vertex] - forms[from + 1]]
      const linear = forms[from + 2] + ds * forms[from + 3] + dt * forms[from + 4]
      const error = linear + ds * ds * forms[from + 5] + ds * dt * forms[from + 6] + dt * dt * forms[from + 7]
      if (!(error > largest)) return
      largest = error
      found.at[2 * face] = s[vertex]
      found.at[2 * face + 1] = t[vertex]
    })
    // A sum of squares that is 0 may come out below it by rounding.
    found.largest[face] = Math.max(0, largest)
  }
  return found
}
