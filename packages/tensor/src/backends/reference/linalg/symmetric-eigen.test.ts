import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { symmetricEigen } from './symmetric-eigen.ts'

function eigen(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const values = new Float64Array(n)
  const vectors = new Float64Array(n * n)
  symmetricEigen(a, n, values, vectors)
  return { values, vectors }
}

/** Largest entries of `A − V Λ Vᵀ` and of `Vᵀ V − I`, A taken symmetric. */
function defects(a: Float64Array, n: number, values: Float64Array, vectors: Float64Array): [number, number] {
  let reconstruction = 0
  let orthogonality = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let entry = 0
      let dot = 0
      for (let k = 0; k < n; k++) {
        entry += vectors[i * n + k] * values[k] * vectors[j * n + k]
        dot += vectors[k * n + i] * vectors[k * n + j]
      }
      reconstruction = Math.max(reconstruction, Math.abs(entry - (a[i * n + j] + a[j * n + i]) / 2))
      orthogonality = Math.max(orthogonality, Math.abs(dot - (i === j ? 1 : 0)))
    }
  }
  return [reconstruction, orthogonality]
}

function expectConventions(values: Float64Array, vectors: Float64Array, n: number): void {
  for (let k = 1; k < n; k++) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1])
  for (let k = 0; k < n; k++) {
    const column = Array.from({ length: n }, (_, i) => vectors[i * n + k])
    const largest = Math.max(...column.map(Math.abs))
    const leading = column.find((v) => Math.abs(v) >= largest * (1 - 1e-8))
    expect(leading).toBeGreaterThan(0)
  }
}

/** Fixed pseudo-random entries in [−1, 1). */
function noise(count: number): Float64Array {
  let state = 12345
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** Halving a subnormal rounds, so that relative accuracy ends there. */
const withoutSubnormals = (v: number): number => (Math.abs(v) < 1e-300 ? 0 : v)

const symmetric = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    entries: fc.array(
      fc.oneof(
        fc.integer({ min: -2, max: 2 }),
        fc.double({ min: -10, max: 10, noNaN: true }).map(withoutSubnormals),
      ),
      { minLength: n * n, maxLength: n * n },
    ),
  }),
)

describe('symmetricEigen', () => {
  it('accepts an empty matrix', () => {
    expect(eigen(new Float64Array(0), 0).values).toHaveLength(0)
  })

  it('returns the entry of a 1 × 1 matrix with the vector 1', () => {
    const { values, vectors } = eigen(Float64Array.from([-3]), 1)
    expect([values[0], vectors[0]]).toEqual([-3, 1])
  })

  it('finds the spectrum of the second-difference matrix, 2 − 2 cos(kπ / (n + 1))', () => {
    const n = 20
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n))
      return distance === 0 ? 2 : distance === 1 ? -1 : 0
    })
    const { values } = eigen(a, n)
    for (let k = 0; k < n; k++) {
      expect(values[k]).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 14)
    }
  })

  it('rebuilds any symmetric matrix from orthonormal vectors and ascending values', () => {
    fc.assert(
      fc.property(symmetric, ({ n, entries }) => {
        const a = Float64Array.from(entries)
        const { values, vectors } = eigen(a, n)
        const [reconstruction, orthogonality] = defects(a, n, values, vectors)
        const norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]))
        expect(reconstruction).toBeLessThanOrEqual(1e-14 * n * norm)
        expect(orthogonality).toBeLessThan(1e-14 * n)
        expectConventions(values, vectors, n)
      }),
    )
  })

  it('decomposes the symmetric part of a matrix that is not symmetric, and leaves it as it was', () => {
    const a = Float64Array.from([1, 4, 0, 3])
    expect(eigen(a, 2)).toEqual(eigen(Float64Array.from([1, 2, 2, 3]), 2))
    expect(Array.from(a)).toEqual([1, 4, 0, 3])
  })

  it('gives an orthonormal basis when eigenvalues coincide', () => {
    for (const n of [2, 5, 12]) {
      // I + u uᵀ: the eigenvalue 1 has multiplicity n − 1.
      const u = noise(n)
      const a = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n]
        return (i === j ? 1 : 0) + u[i] * u[j]
      })
      const { values, vectors } = eigen(a, n)
      const [reconstruction, orthogonality] = defects(a, n, values, vectors)
      expect(Math.max(reconstruction, orthogonality)).toBeLessThan(1e-14 * n)
      for (let k = 0; k < n - 1; k++) expect(values[k]).toBeCloseTo(1, 13)
    }
  })

  it('gives the unit vectors for a diagonal matrix, and exactly its entries', () => {
    const { values, vectors } = eigen(Float64Array.from([3, 0, 0, 0, -1, 0, 0, 0, 0]), 3)
    expect(Array.from(values)).toEqual([-1, 0, 3])
    expect(Array.from(vectors, Math.abs)).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0])
  })

  it('finds the zero eigenvalues of a matrix of rank one', () => {
    const n = 6
    const u = noise(n)
    const a = Float64Array.from({ length: n * n }, (_, at) => u[Math.floor(at / n)] * u[at % n])
    const { values } = eigen(a, n)
    const squared = u.reduce((sum, v) => sum + v * v, 0)
    expect(values[n - 1]).toBeCloseTo(squared, 13)
    for (let k = 0; k < n - 1; k++) expect(Math.abs(values[k])).toBeLessThan(1e-14 * squared)
  })

  it('makes the first component positive where rounding alone would decide the largest', () => {
    const { vectors } = eigen(Float64Array.from([0.1, 0.3, 0.3, 0.1]), 2)
    expect(vectors[0]).toBeGreaterThan(0)
    expect(vectors[1]).toBeGreaterThan(0)
    expect(vectors[2]).toBeLessThan(0)
  })

  it('holds its accuracy at the ends of the floating range', () => {
    const a = noise(25)
    const { values } = eigen(a, 5)
    for (const scale of [2 ** -1000, 2 ** 1000]) {
      const scaled = eigen(
        a.map((v) => v * scale),
        5,
      )
      expect(Array.from(scaled.values)).toEqual(Array.from(values, (v) => v * scale))
    }
  })

  it('survives blocks whose squares underflow beside ordinary ones', () => {
    const tiny = 1e-200
    const { values, vectors } = eigen(Float64Array.from([tiny, tiny, 0, tiny, tiny, 0, 0, 0, 1]), 3)
    expect(values[2]).toBe(1)
    expect(Math.abs(values[0]) + Math.abs(values[1])).toBeLessThan(1e-150)
    expect(vectors.every(Number.isFinite)).toBe(true)
  })

  it('answers NaN everywhere when an entry is NaN or infinite', () => {
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const { values, vectors } = eigen(Float64Array.from([1, 0, bad, 1]), 2)
      expect(values.every(Number.isNaN) && vectors.every(Number.isNaN)).toBe(true)
    }
  })

  it('uses the workspace it is given and gives the same result', () => {
    const a = noise(16)
    const values = new Float64Array(4)
    const vectors = new Float64Array(16)
    symmetricEigen(a, 4, values, vectors, new Float64Array(4).fill(7))
    expect({ values, vectors }).toEqual(eigen(a, 4))
  })

  it('keeps 13 digits at n = 120', () => {
    const n = 120
    const a = noise(n * n)
    const { values, vectors } = eigen(a, n)
    const [reconstruction, orthogonality] = defects(a, n, values, vectors)
    expect(reconstruction / values[n - 1]).toBeLessThan(1e-13)
    expect(orthogonality).toBeLessThan(1e-13)
  })
})
