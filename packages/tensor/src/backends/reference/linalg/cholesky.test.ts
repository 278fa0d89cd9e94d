import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyFactor, choleskySolveInPlace, isIndefinite } from './cholesky.ts'

const EPSILON = 2 ** -52

/** `G Gᵀ` with G `[n, rank]`: symmetric positive semidefinite. */
function gram(entries: readonly number[], n: number, rank: number): Float64Array {
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < rank; k++) a[i * n + j] += entries[i * rank + k] * entries[j * rank + k]
    }
  }
  return a
}

function multiply(a: Float64Array, x: Float64Array, n: number, m: number): Float64Array {
  const out = new Float64Array(n * m)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) for (let c = 0; c < m; c++) out[i * m + c] += a[i * n + k] * x[k * m + c]
  }
  return out
}

function solve(a: Float64Array, n: number, b: Float64Array, m: number, epsilon = EPSILON): Float64Array {
  const factor = a.slice()
  const x = b.slice()
  choleskyFactor(factor, n, epsilon)
  choleskySolveInPlace(factor, n, x, m)
  return x
}

const maxAbs = (values: Float64Array): number => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0)

const problem = (ranks: (n: number) => fc.Arbitrary<number>) =>
  fc.integer({ min: 1, max: 8 }).chain((n) =>
    ranks(n).chain((rank) =>
      fc.record({
        n: fc.constant(n),
        rank: fc.constant(rank),
        entries: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
          minLength: n * rank,
          maxLength: n * rank,
        }),
        x: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 * n, maxLength: 2 * n }),
      }),
    ),
  )

describe('choleskyFactor', () => {
  it('gives the textbook factor of a 3 × 3 matrix and leaves the upper triangle alone', () => {
    const a = Float64Array.from([4, 12, -16, 12, 37, -43, -16, -43, 98])
    choleskyFactor(a, 3, EPSILON)
    expect(Array.from(a)).toEqual([2, 12, -16, 6, 1, -43, -8, 5, 3])
  })

  it('reads only the lower triangle', () => {
    const a = Float64Array.from([4, Number.NaN, 2, 5])
    choleskyFactor(a, 2, EPSILON)
    expect([a[0], a[2], a[3]]).toEqual([2, 1, 2])
  })

  it('does nothing to an empty matrix', () => {
    expect(() => choleskyFactor(new Float64Array(0), 0, EPSILON)).not.toThrow()
    expect(solve(new Float64Array(0), 0, new Float64Array(0), 3)).toHaveLength(0)
  })

  it('reproduces A as L Lᵀ for random positive definite matrices', () => {
    fc.assert(
      fc.property(
        problem((n) => fc.constant(n)),
        ({ n, entries }) => {
          const a = gram(entries, n, n)
          for (let i = 0; i < n; i++) a[i * n + i] += 0.1
          const factor = a.slice()
          choleskyFactor(factor, n, EPSILON)
          for (let i = 0; i < n; i++) {
            for (let j = 0; j <= i; j++) {
              let sum = 0
              for (let k = 0; k <= j; k++) sum += factor[i * n + k] * factor[j * n + k]
              expect(Math.abs(sum - a[i * n + j])).toBeLessThan(1e-14 * n * n)
            }
          }
        },
      ),
    )
  })
})

describe('isIndefinite', () => {
  const SMALLEST = 2 ** -1022
  const says = (m: readonly number[], n: number, epsilon = EPSILON) =>
    isIndefinite(Float64Array.from(m), n, epsilon, SMALLEST)

  it('draws the line at an eigenvalue of −64 ε · trace', () => {
    for (const epsilon of [EPSILON, 2 ** -23]) {
      // Eigenvalues 2 + t and −t: trace 2.
      const of = (t: number) => says([1, 0, 1 + t, 1], 2, epsilon)
      expect(of(127 * epsilon)).toBe(false)
      expect(of(130 * epsilon)).toBe(true)
    }
  })

  it('is not moved by the scale of the matrix, or the order of its rows', () => {
    for (const scale of [2 ** -900, 1, 2 ** 900]) {
      expect(says([0, 0, scale, 0], 2)).toBe(true)
      for (const m of [
        [1, 0, 0, 1, 1, 0, 0, 1, 1],
        [1, 0, 0, 0, 1, 0, 1, 1, 1],
        [1, 0, 0, 1, 1, 0, 1, 0, 1],
      ])
        expect(
          says(
            m.map((x) => x * scale),
            3,
          ),
        ).toBe(true)
      expect(
        says(
          [1, 0, 0, 1, 1, 0, 1, 1, 1].map((x) => x * scale),
          3,
        ),
      ).toBe(false)
    }
  })

  it('takes neither zeros nor nothing for indefinite', () => {
    expect(says([0, 0, 0, 0], 2)).toBe(false)
    expect(says([], 0)).toBe(false)
  })

  it('is asked where a pivot was dropped alone', () => {
    expect(choleskyFactor(Float64Array.from([4, 0, 2, 5]), 2, EPSILON)).toBe(false)
    for (const m of [
      [1, 0, 1, 1],
      [1, 0, 2, 1],
      [0, 0, 1, 0],
    ])
      expect(choleskyFactor(Float64Array.from(m), 2, EPSILON)).toBe(true)
  })
})

describe('choleskySolveInPlace', () => {
  it('divides by the only entry of a 1 × 1 matrix', () => {
    expect(Array.from(solve(Float64Array.from([4]), 1, Float64Array.from([8, 2]), 2))).toEqual([2, 0.5])
  })

  it('recovers X from A X with A positive definite', () => {
    fc.assert(
      fc.property(
        problem((n) => fc.constant(n)),
        ({ n, entries, x }) => {
          const a = gram(entries, n, n)
          for (let i = 0; i < n; i++) a[i * n + i] += 0.1
          const wanted = Float64Array.from(x)
          const found = solve(a, n, multiply(a, wanted, n, 2), 2)
          const error = found.map((v, i) => v - wanted[i])
          // Condition number at most (n² + 0.1) / 0.1.
          expect(maxAbs(error)).toBeLessThan(1e-11)
        },
      ),
    )
  })

  it('solves a consistent system of any rank, without NaN and with a zero for every dropped pivot', () => {
    fc.assert(
      fc.property(
        problem((n) => fc.integer({ min: 0, max: n })),
        ({ n, rank, entries, x }) => {
          // Entries on a grid of eighths keep every product exact, so that dependence is dependence.
          const a = gram(
            entries.map((v) => Math.round(8 * v) / 8),
            n,
            rank,
          )
          const b = multiply(a, Float64Array.from(x), n, 2)
          const found = solve(a, n, b, 2)
          expect(found.every(Number.isFinite)).toBe(true)
          const residual = multiply(a, found, n, 2).map((v, i) => v - b[i])
          expect(maxAbs(residual)).toBeLessThan(1e-6 * Math.max(1, maxAbs(b)))
        },
      ),
    )
  })

  it('gives the second of two equal unknowns the value 0', () => {
    const a = Float64Array.from([1, 1, 0, 1, 1, 0, 0, 0, 4])
    expect(Array.from(solve(a, 3, Float64Array.from([3, 3, 8]), 1))).toEqual([3, 0, 2])
  })

  it('gives zeros for a zero matrix whatever the right-hand side', () => {
    expect(Array.from(solve(new Float64Array(4), 2, Float64Array.from([1, 2]), 1))).toEqual([0, 0])
  })

  it('drops by the epsilon of the entries, not of the array that carries them', () => {
    const a = Float64Array.from([1, 1, 1, 1 + 1e-8])
    const b = Float64Array.from([1, 1 + 1e-8])
    expect(Array.from(solve(a, 2, b, 1, 2 ** -23))).toEqual([1, 0])
    expect(solve(a, 2, b, 1)[1]).toBeCloseTo(1, 6)
  })

  it('is not moved by the scale of the matrix', () => {
    for (const scale of [2 ** -1000, 2 ** 1000]) {
      const a = Float64Array.from([4, 2, 2, 5]).map((v) => v * scale)
      const b = Float64Array.from([8, 9]).map((v) => v * scale)
      expect(Array.from(solve(a, 2, b, 1))).toEqual([1.375, 1.25])
    }
  })

  it('answers NaN everywhere for a matrix with a NaN or an infinity in its lower triangle', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const at of [0, 3, 4, 6, 7, 8]) {
        const a = Float64Array.from([2, 0, 0, 0, 2, 0, 0, 0, 0])
        a[at] = bad
        expect(Array.from(solve(a, 3, Float64Array.from([1, 1, 1]), 1))).toEqual([NaN, NaN, NaN])
      }
    }
  })

  it('lets a NaN in the right-hand side through, even at a dropped unknown, but only in its own column', () => {
    const found = solve(Float64Array.from([1, 0, 0, 0]), 2, Float64Array.from([1, 5, Number.NaN, 7]), 2)
    expect(found[2]).toBeNaN()
    expect([found[1], found[3]]).toEqual([5, 0])
  })
})
