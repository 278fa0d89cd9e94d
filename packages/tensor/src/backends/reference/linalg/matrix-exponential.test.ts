import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matrixExponential, matrixExponentialWorkspace } from './matrix-exponential.ts'

function exponential(a: readonly number[], n: number): Float64Array {
  const out = new Float64Array(n * n)
  matrixExponential(Float64Array.from(a), n, out)
  return out
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j] += a[i * n + k] * b[k * n + j]
  }
  return out
}

const maxAbs = (values: Float64Array): number => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0)

function expectClose(found: Float64Array, wanted: readonly number[], tolerance: number): void {
  found.forEach((v, i) => {
    expect(Math.abs(v - wanted[i])).toBeLessThanOrEqual(tolerance)
  })
}

const square = (bound: number) =>
  fc.integer({ min: 1, max: 6 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      a: fc.array(fc.double({ min: -bound, max: bound, noNaN: true }), {
        minLength: n * n,
        maxLength: n * n,
      }),
    }),
  )

describe('matrixExponential', () => {
  it('accepts an empty matrix', () => {
    expect(exponential([], 0)).toHaveLength(0)
  })

  it('is exp for a 1 × 1 matrix, from −700 to 700', () => {
    for (const x of [-700, -30, -1, -1e-9, 0, 1e-9, 0.5, 5, 30, 700]) {
      expect(Math.abs(exponential([x], 1)[0] / Math.exp(x) - 1)).toBeLessThan(1e-12)
    }
  })

  it('is exactly the identity at zero', () => {
    expect(Array.from(exponential([0, 0, 0, 0], 2))).toEqual([1, 0, 0, 1])
  })

  it('turns a skew matrix into the rotation by its angle', () => {
    for (const angle of [1e-8, 0.3, Math.PI / 2, Math.PI, 3, 20, 100]) {
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      expectClose(exponential([0, -angle, angle, 0], 2), [c, -s, s, c], 1e-13 * Math.max(1, angle))
    }
  })

  it('ends the series of a nilpotent matrix', () => {
    expectClose(exponential([0, 1, 0, 0, 0, 1, 0, 0, 0], 3), [1, 1, 0.5, 0, 1, 1, 0, 0, 1], 1e-15)
    expectClose(exponential([0, 1e6, 0, 0], 2), [1, 1e6, 0, 1], 1e-6)
  })

  it('gives cosh and sinh for the exchange matrix', () => {
    for (const t of [0.1, 1, 5]) {
      const [c, s] = [Math.cosh(t), Math.sinh(t)]
      expectClose(exponential([0, t, t, 0], 2), [c, s, s, c], 1e-13 * c)
    }
  })

  it('gives the published exponential of a matrix with a triple eigenvalue', () => {
    // [[21, 17, 6], [−5, −1, −6], [4, 4, 16]]: eigenvalues 4, 16, 16;
    // exp = ¼ [[13e¹⁶ − e⁴, 13e¹⁶ − 5e⁴, 2e¹⁶ − 2e⁴], [−9e¹⁶ + e⁴, −9e¹⁶ + 5e⁴, −2e¹⁶ + 2e⁴], [16e¹⁶, 16e¹⁶, 4e¹⁶]].
    const [p, q] = [Math.exp(16) / 4, Math.exp(4) / 4]
    // biome-ignore format: one matrix, entry by entry
    const wanted = [
      13 * p - q, 13 * p - 5 * q, 2 * p - 2 * q, -9 * p + q, -9 * p + 5 * q, -2 * p + 2 * q, 16 * p, 16 * p, 4 * p,
    ]
    expectClose(exponential([21, 17, 6, -5, -1, -6, 4, 4, 16], 3), wanted, 1e-12 * 16 * p)
  })

  it('has exp(A) exp(−A) = I', () => {
    fc.assert(
      fc.property(square(1.5), ({ n, a }) => {
        const forward = exponential(a, n)
        const backward = exponential(
          a.map((v) => -v),
          n,
        )
        const defect = product(forward, backward, n)
        for (let i = 0; i < n; i++) defect[i * n + i] -= 1
        expect(maxAbs(defect)).toBeLessThan(1e-13 * n * Math.max(1, maxAbs(forward) * maxAbs(backward)))
      }),
    )
  })

  it('has exp(2A) = exp(A)², below and above the norm where squaring starts', () => {
    fc.assert(
      fc.property(square(2), ({ n, a }) => {
        const once = exponential(a, n)
        const twice = exponential(
          a.map((v) => 2 * v),
          n,
        )
        const squared = product(once, once, n)
        const defect = twice.map((v, i) => v - squared[i])
        expect(maxAbs(defect)).toBeLessThan(1e-13 * n * Math.max(1, maxAbs(once) ** 2))
      }),
    )
  })

  it('answers NaN everywhere when an entry is NaN or infinite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(exponential([0, bad, 0, 0], 2).every(Number.isNaN)).toBe(true)
    }
  })

  it('leaves its argument as it was, and a used workspace changes nothing', () => {
    const a = Float64Array.from([1, 2, 3, 4])
    const out = new Float64Array(4)
    matrixExponential(a, 2, out, new Float64Array(matrixExponentialWorkspace(2)).fill(9))
    expect(Array.from(a)).toEqual([1, 2, 3, 4])
    expect(out).toEqual(exponential([1, 2, 3, 4], 2))
  })
})
