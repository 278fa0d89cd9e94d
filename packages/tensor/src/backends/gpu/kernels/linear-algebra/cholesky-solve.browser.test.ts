import { choleskySolve, init, tensor } from '@facet/tensor'
import '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../../conformance/check.ts'
import { tolerances } from '../../../conformance/tolerances.ts'
import { definite, noise, orders, read, square } from '../../testing/matrices.ts'

beforeAll(() => init({ backend: 'gpu' }))

const systems: Readonly<Record<string, (n: number) => Float32Array>> = {
  'a definite matrix': definite,
  'unknowns that are dropped': (n) => {
    const a = definite(n)
    return square(n, (i, j) => (i % 5 === 1 || j % 5 === 1 ? 0 : a[i * n + j]))
  },
  'ones alone': (n) => square(n, () => 1),
  nothing: (n) => square(n, () => 0),
  'a NaN above the diagonal alone': (n) =>
    square(n, (i, j) => (i === 1 && j === 3 ? Number.NaN : Number(i === j))),
  'a matrix that is not symmetric': (n) => {
    const a = definite(n)
    return square(n, (i, j) => (j > i ? 2 * a[i * n + j] : j < i ? 0 : a[i * n + j]))
  },
  'a negative pivot that comes late': (n) => square(n, (i, j) => (i === j ? (i === n - 2 ? -1 : 1) : 0)),
  'entries beside a pivot of 0, in its panel': (n) =>
    square(n, (i, j) => (i + j === 1 ? 1 : Number(i === j && i > 1))),
  'entries beside a pivot of 0, far from it': (n) =>
    square(n, (i, j) => (i === 2 || j === 2 ? Number(i + j === n + 1) : Number(i === j))),
  'an infinity in the lower triangle': (n) =>
    square(n, (i, j) => (i === 3 && j === 1 ? Infinity : Number(i === j))),
}

describe('choleskySolve of many unknowns is within the tolerance of the conformance suite', () => {
  for (const [name, make] of Object.entries(systems)) {
    it(`of ${name}`, async () => {
      for (const n of orders) {
        for (const m of [1, 6]) {
          const [values, right] = [make(n), Float32Array.from(noise(n * m))]
          const [a, b] = [tensor(values, { shape: [n, n] }), tensor(right, { shape: [n, m] })]
          const got = await read([choleskySolve(a, b)])
          for (const t of [a, b]) t.dispose()
          const dtype = 'float32' as const
          const inputs = [
            { values, shape: [n, n], dtype },
            { values: right, shape: [n, m], dtype },
          ]
          const verdict = check('choleskySolve', { inputs, params: {} }, dtype, got, tolerances.choleskySolve)
          expect(verdict, `${n} unknowns, ${m} sides`).toBeUndefined()
        }
      }
    })
  }

  it('of right sides that are no numbers, which are seen', async () => {
    const n = 40
    const a = tensor(systems['unknowns that are dropped'](n), { shape: [n, n] })
    // Column 0 has one at an unknown that is dropped, column 1 at another, column 2 none.
    const b = tensor(
      Float32Array.from({ length: 3 * n }, (_, at) =>
        at === 3 * 6 ? Infinity : at === 3 * 7 + 1 ? Number.NaN : 1,
      ),
      { shape: [n, 3] },
    )
    const [x] = await read([choleskySolve(a, b)])
    for (const column of [0, 1]) expect(x[6 * 3 + column]).toBeNaN()
    expect(x.filter((_, at) => at % 3 === 2).every(Number.isFinite)).toBe(true)
    for (const t of [a, b]) t.dispose()
  })
})

/** `count` Gram matrices of n vectors with rank `rank`, summed in float32, less `by` of the diagonal's largest entry along a random direction. */
const grams = (count: number, n: number, rank: number, by: number): Float32Array => {
  const x = noise(count * n * (rank + 1))
  return Float32Array.from({ length: count * n * n }, (_, at) => {
    const from = Math.floor(at / (n * n)) * n * (rank + 1)
    const [i, j] = [Math.floor(at / n) % n, at % n]
    const along = (row: number, k: number): number => x[from + row * (rank + 1) + k]
    let sum = 0
    for (let k = 0; k < rank; k++) sum = Math.fround(sum + along(i, k) * along(j, k))
    return sum - by * along(i, rank) * along(j, rank)
  })
}

describe('choleskySolve takes for indefinite', () => {
  const answered = async (values: Float32Array, n: number): Promise<boolean[]> => {
    const count = values.length / (n * n)
    const a = tensor(values, { shape: [count, n, n] })
    const b = tensor(new Float32Array(count * n).fill(1), { shape: [count, n, 1] })
    const [x] = await read([choleskySolve(a, b)])
    for (const t of [a, b]) t.dispose()
    return Array.from({ length: count }, (_, k) => x.subarray(k * n, k * n + n).every(Number.isFinite))
  }

  it('no Gram matrix of low rank', async () => {
    for (const [n, count] of [
      [2, 500],
      [4, 500],
      [10, 300],
      [40, 30],
    ]) {
      for (const rank of [1, Math.ceil(n / 2)])
        expect(await answered(grams(count, n, rank, 0), n), `${n}, rank ${rank}`).not.toContain(false)
    }
  })

  it('each of them that has something taken away across its range', async () => {
    for (const [n, count] of [
      [4, 500],
      [10, 300],
      [40, 30],
    ])
      expect(await answered(grams(count, n, 2, 0.3), n), `${n}`).not.toContain(true)
  })
})
