import type { Key } from '@facet/tensor'

/** Columns of an orthonormal basis, each of length d. */
export type Frame = readonly Float64Array[]

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/**
 * `count` orthonormal vectors of R^d, uniformly distributed: Gram–Schmidt on Gaussian vectors, each orthogonalised twice,
 * which leaves errors of the order of the machine epsilon.
 */
export function orthonormalFrame(key: Key, d: number, count: number): Frame {
  const frame: Float64Array[] = []
  for (let k = 0; k < count; k++) {
    const vector = key.child(k).normalArray(d)
    for (let pass = 0; pass < 2; pass++) {
      for (const other of frame) {
        const overlap = dot(vector, other)
        for (let i = 0; i < d; i++) vector[i] -= overlap * other[i]
      }
    }
    const norm = Math.sqrt(dot(vector, vector))
    frame.push(vector.map((value) => value / norm))
  }
  return frame
}

/** The generator `v uᵀ − u vᵀ`, row-major `[d, d]`: it turns the plane of u and v from u towards v. */
export function planeRotation(u: Float64Array, v: Float64Array): Float64Array {
  const d = u.length
  const generator = new Float64Array(d * d)
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) generator[i * d + j] = v[i] * u[j] - u[i] * v[j]
  }
  return generator
}
