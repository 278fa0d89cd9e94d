import {
  cholesky,
  choleskySolve,
  eigh,
  init,
  logDet,
  scope,
  solve,
  symmetricFunction,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedArray } from '../../dtype.ts'
import { check } from '../conformance/check.ts'
import { tolerances } from '../conformance/tolerances.ts'

beforeAll(() => init({ backend: 'gpu' }))

type Entry = (i: number, j: number) => number

const square = (n: number, entry: Entry): Float32Array =>
  Float32Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n))

const symmetric = (n: number, entry: Entry): Float32Array =>
  square(n, (i, j) => entry(Math.max(i, j), Math.min(i, j)))

/** Fixed pseudo-random numbers in [−1, 1). */
const noise = (count: number): Float64Array => {
  let state = 12345
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** A matrix of these eigenvalues: a diagonal between two reflections along directions without preference. */
const ofSpectrum = (n: number, lambda: (k: number) => number): Float32Array => {
  const a = square(n, (i, j) => (i === j ? lambda(i) : 0))
  let turned = Float64Array.from(a)
  for (const u of [noise(n), noise(2 * n).subarray(n)]) {
    const length = u.reduce((sum, x) => sum + x * x, 0)
    const by = Float64Array.from({ length: n }, (_, i) =>
      u.reduce((sum, x, k) => sum + x * turned[k * n + i], 0),
    )
    const inner = u.reduce((sum, x, k) => sum + x * by[k], 0)
    turned = turned.map((x, at) => {
      const [i, j] = [Math.floor(at / n), at % n]
      return x - (2 * (u[i] * by[j] + by[i] * u[j])) / length + (4 * inner * u[i] * u[j]) / length ** 2
    })
  }
  return symmetric(n, (i, j) => turned[i * n + j])
}

const matrices: Readonly<Record<string, (n: number) => Float32Array>> = {
  'random entries': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => x[i * n + j])
  },
  'eigenvalues ±1': (n) => ofSpectrum(n, (k) => (k % 2 === 0 ? 1 : -1)),
  'three clusters': (n) => ofSpectrum(n, (k) => (k % 3) + 1e-5 * (k % 7)),
  'eigenvalues from 1 to 1e-8': (n) => ofSpectrum(n, (k) => 10 ** ((-8 * k) / n)),
  'rank three': (n) => {
    const x = noise(3 * n)
    return symmetric(n, (i, j) => x[i] * x[j] + x[i + n] * x[j + n] + x[i + 2 * n] * x[j + 2 * n])
  },
  'entries of all sizes': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => x[i * n + j] * 10 ** (4 * (x[i] + x[j])))
  },
  'Wilkinson’s pairs of close eigenvalues': (n) =>
    symmetric(n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : i - j === 1 ? 1 : 0)),
  'ones alone': (n) => symmetric(n, () => 1),
  'entries near the largest float': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => (x[i * n + j] * 2e38) / (i === j ? 1 : n))
  },
  // Eigenvalues below the smallest normal float may be taken for 0: it must be less than the tolerance.
  'entries near the smallest normal float': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => (2 + x[i * n + j]) * 1e-33)
  },
  'a diagonal': (n) => square(n, (i, j) => (i === j ? Math.cos(i) : 0)),
  nothing: (n) => square(n, () => 0),
  'a NaN': (n) => square(n, (i, j) => (i === 1 && j === 2 ? Number.NaN : Number(i === j))),
}

const orders = [40, 64, 130]

const read = async (tensors: readonly Tensor[]): Promise<TypedArray[]> => {
  const values: TypedArray[] = []
  for (const t of tensors) values.push(await t.data())
  for (const t of tensors) t.dispose()
  return values
}

describe('eigh is within the tolerance of the conformance suite', () => {
  for (const [name, make] of Object.entries(matrices)) {
    it(`of ${name}`, async () => {
      for (const n of orders) {
        const values = make(n)
        const a = tensor(values, { shape: [n, n] })
        const pairs = eigh(a)
        const got = await read([pairs.values, pairs.vectors])
        a.dispose()
        const c = { inputs: [{ values, shape: [n, n], dtype: 'float32' as const }], params: {} }
        expect(check('eigh', c, 'float32', got, tolerances.eigh), `order ${n}`).toBeUndefined()
      }
    })
  }

  it('of a diagonal matrix exactly', async () => {
    const n = 40
    const a = tensor(matrices['a diagonal'](n), { shape: [n, n] })
    const pairs = eigh(a)
    const [values, vectors] = await read([pairs.values, pairs.vectors])
    const want = Float32Array.from({ length: n }, (_, i) => Math.cos(i)).sort()
    expect(values).toEqual(want)
    expect(vectors.filter((x) => x === 1)).toHaveLength(n)
    expect(vectors.filter((x) => x === 0)).toHaveLength(n * n - n)
    a.dispose()
  })
})

/** Of condition below 10. */
const definite = (n: number): Float32Array =>
  symmetric(n, (i, j) => (i === j ? 2 + (i % 3) : Math.cos(3 * i + 1.7 * j) / n))

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

const general: Readonly<Record<string, (n: number) => Float32Array>> = {
  'rows in another order': (n) => {
    const a = definite(n)
    return square(n, (i, j) => a[((i + 3) % n) * n + j] * (j % 2 === 0 ? 1 : -1))
  },
  'a row twice': (n) => square(n, (i, j) => Number((i === 5 ? 2 : i) === j)),
  'a NaN': matrices['a NaN'],
}

describe('solve, logDet and cholesky of larger matrices are within the tolerance of the conformance suite', () => {
  for (const [name, make] of Object.entries(general)) {
    it(`of ${name}`, async () => {
      const dtype = 'float32' as const
      for (const n of [7, 40]) {
        const [values, right] = [make(n), Float32Array.from(noise(n * 3))]
        const [a, b] = [tensor(values, { shape: [n, n] }), tensor(right, { shape: [n, 3] })]
        const inputs = [
          { values, shape: [n, n], dtype },
          { values: right, shape: [n, 3], dtype },
        ]
        const { sign, logAbs } = logDet(a)
        const [x, ...determinant] = await read([solve(a, b), sign, logAbs])
        const [alone] = inputs
        expect(check('solve', { inputs, params: {} }, dtype, [x], tolerances.solve)).toBeUndefined()
        const ofMatrix = { inputs: [alone], params: {} }
        expect(check('logDet', ofMatrix, dtype, determinant, tolerances.logDet)).toBeUndefined()
        const { factor, ok } = cholesky(a)
        expect((await read([ok]))[0][0]).toBe(0)
        expect((await read([factor]))[0].every(Number.isNaN)).toBe(true)
        for (const t of [a, b]) t.dispose()
      }
    })
  }
})

describe('decompositions and solves', () => {
  it('of a batch are those of its matrices', async () => {
    const n = 37
    const each = [definite(n), matrices['eigenvalues ±1'](n), matrices['a NaN'](n)]
    const a = tensor(Float32Array.from(each.flatMap((values) => [...values])), { shape: [3, n, n] })
    const b = tensor(Float32Array.from(noise(3 * n * 2)), { shape: [3, n, 2] })
    const pairs = eigh(a)
    const together = await read([pairs.values, pairs.vectors, choleskySolve(a, b)])
    const right = await b.data()
    for (const [k, values] of each.entries()) {
      const one = tensor(values, { shape: [n, n] })
      const side = tensor(right.slice(k * n * 2, (k + 1) * n * 2), { shape: [n, 2] })
      const alone = eigh(one)
      const apart = await read([alone.values, alone.vectors, choleskySolve(one, side)])
      apart.forEach((want, o) => {
        expect(together[o].slice(k * want.length, (k + 1) * want.length)).toEqual(want)
      })
      for (const t of [one, side]) t.dispose()
    }
    for (const t of [a, b]) t.dispose()
  })

  it('move nothing between host and device, and leave as many textures as there were', async () => {
    const { traffic, liveTextures } = await gpu.backend()
    for (const n of [5, 40]) {
      const a = tensor(definite(n), { shape: [n, n] })
      const b = tensor(Float32Array.from(noise(n)), { shape: [n, 1] })
      const run = (): void => {
        scope(() => {
          for (const f of [cholesky, logDet, eigh]) f(a)
          for (const f of [choleskySolve, solve]) f(a, b)
          symmetricFunction(a, 'sqrt')
        })
      }
      // Kernels keep the textures that they draw into next.
      run()
      const [moved, alive] = [traffic(), liveTextures()]
      run()
      expect(traffic(), `order ${n}`).toEqual(moved)
      expect(liveTextures(), `order ${n}`).toBe(alive)
      for (const t of [a, b]) t.dispose()
    }
  })
})
