import { lengthOf } from '../numbers/length-of.ts'

/** Half of machine epsilon: what one rounding may be off, relatively. */
export const ROUNDING = 2 ** -53

/** A = Σ θ_k G_k as B + c I, c the mean of its diagonal, and how large it is. */
export interface Mix {
  readonly d: number
  /** B, [d, d] */
  readonly matrix: Float64Array
  readonly shift: number
  /** Bounds ‖B‖₂: the least of ‖B‖_F and √(‖B‖₁ ‖B‖_∞). */
  readonly norm: number
  /** ‖B‖_F */
  readonly frobenius: number
  /** Bounds the logarithmic norm of A, the largest eigenvalue of its symmetric part, by Gershgorin's discs. */
  readonly growth: number
  /** Bounds how far B + c I is from the sum that is meant, in Frobenius norm. */
  readonly inexact: number
}

/** @param G [h, d, d] @param lengths ‖G_k‖_F, [h] @param theta [h] */
export function mixOf(G: Float64Array, lengths: Float64Array, theta: Float64Array, d: number): Mix {
  const matrix = new Float64Array(d * d)
  let size = 0
  theta.forEach((coordinate, k) => {
    size += Math.abs(coordinate) * lengths[k]
    for (let i = 0, from = k * d * d; i < d * d; i++) matrix[i] += coordinate * G[from + i]
  })
  let shift = 0
  for (let i = 0; i < d; i++) shift += matrix[i * (d + 1)] / d
  for (let i = 0; i < d; i++) matrix[i * (d + 1)] -= shift
  const rows = new Float64Array(d)
  const columns = new Float64Array(d)
  let growth = -Infinity
  for (let i = 0; i < d; i++) {
    let radius = 0
    for (let j = 0; j < d; j++) {
      const size = Math.abs(matrix[i * d + j])
      rows[i] += size
      columns[j] += size
      if (j !== i) radius += Math.abs(matrix[i * d + j] + matrix[j * d + i]) / 2
    }
    growth = Math.max(growth, matrix[i * (d + 1)] + radius)
  }
  const frobenius = lengthOf(matrix)
  const inexact = (theta.length + 2) * ROUNDING * size
  const norm = Math.min(frobenius, Math.sqrt(largest(rows)) * Math.sqrt(largest(columns)))
  return { d, matrix, shift, norm, frobenius, growth: growth + shift + inexact, inexact }
}

const largest = (values: Float64Array): number =>
  values.reduce((a, b) => (b > a || Number.isNaN(b) ? b : a), 0)
