import { eigh, init, key, matmul, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LargestEigen, largestEigen } from './symmetric-eigen.ts'
import { drained } from './training/yield.ts'

beforeAll(() => init())

const largestOf = (
  matrix: Float64Array,
  n: number,
  k: number,
  bound = Number.NEGATIVE_INFINITY,
): LargestEigen => drained(largestEigen(matrix.slice(), n, k, () => bound))

/** ‖A v − λ v‖∞ and |vᵢ · vⱼ − δᵢⱼ|, the largest of all. */
function faults(matrix: Float64Array, n: number, { values, vectors }: LargestEigen): number {
  let worst = 0
  vectors.forEach((v, p) => {
    for (let i = 0; i < n; i++) {
      let product = 0
      for (let j = 0; j < n; j++) product += matrix[i * n + j] * v[j]
      worst = Math.max(worst, Math.abs(product - values[p] * v[i]))
    }
    vectors.forEach((w, q) => {
      const inner = v.reduce((sum, each, i) => sum + each * w[i], 0)
      worst = Math.max(worst, Math.abs(inner - (p === q ? 1 : 0)))
    })
  })
  return worst
}

/** Q diag(values) Qᵀ with an orthogonal Q drawn at random. */
function withValues(values: readonly number[], seed: string): Float64Array {
  const n = values.length
  const q = eigh(
    matmul(key(seed).normal([n, n], 'float64'), key(seed).normal([n, n], 'float64'), { transposeB: true }),
  ).vectors
  const scaled = matmul(
    q,
    tensor(
      Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? values[i / (n + 1)] : 0)),
      { shape: [n, n] },
    ),
  )
  return matmul(scaled, q, { transposeB: true }).dataSync() as Float64Array
}

describe('largestEigen', () => {
  it.each<[string, readonly number[]]>([
    ['values apart', Array.from({ length: 30 }, (_, i) => 2 + i)],
    ['values of both signs', Array.from({ length: 30 }, (_, i) => i - 15)],
    ['values that are equal in threes', Array.from({ length: 30 }, (_, i) => 1 + Math.floor(i / 3))],
    ['one value', Array.from({ length: 12 }, () => 3)],
    ['values that are equal but for rounding', Array.from({ length: 20 }, (_, i) => 1 + i * 1e-15)],
    ['many zeros', Array.from({ length: 30 }, (_, i) => Math.max(0, i - 25))],
    ['values over many magnitudes', Array.from({ length: 20 }, (_, i) => 10 ** -i)],
    ['one number', [4]],
    ['two numbers', [4, 1]],
  ])('finds values and orthonormal vectors of %s as eigh does', (name, values) => {
    const n = values.length
    const matrix = withValues(values, name)
    const found = largestOf(matrix, n, n)
    const scale = Math.max(...values.map(Math.abs))
    const expected = (eigh(tensor(matrix, { shape: [n, n] })).values.dataSync() as Float64Array)
      .slice()
      .reverse()
    found.values.forEach(
      (value, i) => void expect(Math.abs(value - expected[i])).toBeLessThan(1e-14 * n * scale),
    )
    expect(found.vectors).toHaveLength(n)
    expect(faults(matrix, n, found)).toBeLessThan(1e-14 * n * Math.max(1, scale))
  })

  it('knows matrices that are diagonal, blocks, zero, huge and tiny', () => {
    const identity = Float64Array.from({ length: 36 }, (_, i) => Number(i % 7 === 0))
    expect(faults(identity, 6, largestOf(identity, 6, 6))).toBeLessThan(1e-14)
    const blocks = new Float64Array(36)
    for (const at of [0, 2, 4]) {
      blocks[at * 7] = blocks[(at + 1) * 7] = 2
      blocks[at * 6 + at + 1] = blocks[(at + 1) * 6 + at] = 1
    }
    const found = largestOf(blocks, 6, 6)
    expect([...found.values].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([3, 3, 3, 1, 1, 1])
    expect(faults(blocks, 6, found)).toBeLessThan(1e-14)
    const zero = new Float64Array(16)
    expect([...largestOf(zero, 4, 2).values]).toEqual([0, 0])
    expect(largestOf(zero, 4, 2, 0).vectors).toEqual([])
    for (const factor of [1e200, 1e-200]) {
      const matrix = withValues([5, 3, 1], 'scaled').map((each) => each * factor)
      const { values, vectors } = largestOf(matrix, 3, 3)
      expect(
        faults(
          matrix.map((each) => each / factor),
          3,
          { values: values.map((each) => each / factor), vectors },
        ),
      ).toBeLessThan(1e-13)
    }
  })

  it('finds no vectors of values up to the bound', () => {
    const matrix = withValues([5, 3, 1, 0], 'bound')
    expect(largestOf(matrix, 4, 4, 2).vectors).toHaveLength(2)
    expect(largestOf(matrix, 4, 1, 2).vectors).toHaveLength(1)
  })
})
