import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const largest = (t: ops.Tensor): number => [...t.dataSync()].reduce((m, x) => Math.max(m, Math.abs(x)), 0)

const f64 = (values: Parameters<typeof ops.tensor>[0], shape?: ops.Shape): ops.Tensor =>
  ops.tensor(values, { dtype: 'float64', ...(shape && { shape }) })

const flags = (t: ops.Tensor): boolean[] => Array.from(t.dataSync(), Boolean)

const dtypes = ['float32', 'float64'] as const

const isAll = (t: ops.Tensor, f: (x: number) => boolean): boolean => t.dataSync().every((x) => f(x))

describe('a matrix without an answer is never answered without a word', () => {
  const indefinite: [string, number[][]][] = [
    [
      'a negative pivot',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    ['a negative number', [[-1]]],
    [
      'minus the identity',
      [
        [-1, 0],
        [0, -1],
      ],
    ],
    [
      'zeros on the diagonal',
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'an entry beside a dropped pivot',
      [
        [1, 1, 0],
        [1, 1, 1],
        [0, 1, 1],
      ],
    ],
    [
      'a small negative eigenvalue',
      [
        [1, 0],
        [0, -1e-3],
      ],
    ],
    [
      'a negative pivot before a large one',
      [
        [-1, 0],
        [0, 1e3],
      ],
    ],
  ]
  it.each(indefinite)('choleskySolve: %s makes that matrix NaN, and no other of its batch', (_name, m) => {
    const n = m.length
    for (const dtype of dtypes) {
      const identity = [...Array(n).keys()].map((i) => [...Array(n).keys()].map((j) => Number(i === j)))
      const a = ops.tensor([identity, m, identity], { dtype })
      const x = ops.choleskySolve(a, ops.ones([3, n, 2], dtype))
      expect(isAll(ops.slice(x, [1, 0, 0], [1, n, 2]), Number.isNaN)).toBe(true)
      for (const each of [0, 2])
        expect(isAll(ops.slice(x, [each, 0, 0], [1, n, 2]), (v) => v === 1)).toBe(true)
      expect(flags(ops.cholesky(a).ok)).toEqual([true, false, true])
    }
  })

  it('choleskySolve answers Gram matrices of any rank, whatever rounding has made of them', () => {
    const shapes = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 12 }), fc.integer())
    fc.assert(
      fc.property(shapes, fc.constantFrom(...dtypes), ([rank, n, seed], dtype) => {
        const root = ops.matmul(
          ops.key(seed).normal([n, rank], dtype),
          ops.key(seed + 1).normal([rank, 50], dtype),
        )
        const gram = ops.matmul(root, root, { transposeB: true })
        const x = ops.choleskySolve(gram, ops.matmul(gram, ops.ones([n, 1], dtype)))
        expect(isAll(x, Number.isFinite)).toBe(true)
      }),
    )
  })

  /** Roots of Gram matrices, `[batch, n, terms]`, from their plain `left` (`[batch, n, rank]`) and `right` factors. */
  const roots: [string, (left: ops.Tensor, right: ops.Tensor, key: ops.Key) => ops.Tensor][] = [
    ['plain', (left, right) => ops.matmul(left, right)],
    [
      'of rows of all sizes',
      (left, right, key) =>
        ops.matmul(
          ops.mul(
            left,
            ops.exp(ops.mul(key.normal([...left.shape.slice(0, 2), 1], left.dtype as 'float32'), 3)),
          ),
          right,
        ),
    ],
    ['far from the origin', (left, right) => ops.add(ops.matmul(left, right), 10)],
    [
      'of terms of all sizes',
      (left, right, key) =>
        ops.mul(
          ops.matmul(left, right),
          ops.exp(ops.mul(key.normal([right.shape[0], 1, right.shape[2]], right.dtype as 'float32'), 2)),
        ),
    ],
    ['near the smallest number', (left, right) => ops.mul(ops.matmul(left, right), tiny[left.dtype])],
  ]
  const tiny: Record<string, number> = { float32: 1e-22, float64: 1e-161 }
  const sizes = [1, 2, 3, 4, 6, 9, 12]

  it.each(roots)(
    'choleskySolve takes none of thousands of Gram matrices for indefinite: %s',
    (_name, make) => {
      for (const dtype of dtypes) {
        for (const [terms, batch] of [
          [50, 100],
          [1000, 8],
        ]) {
          for (const n of sizes) {
            for (let rank = 1; rank <= Math.min(n, 5); rank++) {
              ops.scope(() => {
                const [left, right, more] = [0, 1, 2].map((k) => ops.key(1000 * n + 10 * rank + k))
                const root = make(
                  left.normal([batch, n, rank], dtype),
                  right.normal([batch, rank, terms], dtype),
                  more,
                )
                const gram = ops.matmul(root, root, { transposeB: true })
                const x = ops.choleskySolve(gram, ops.matmul(gram, ops.ones([batch, n, 1], dtype)))
                expect(isAll(x, Number.isFinite), `${dtype}, ${n}, rank ${rank}, ${terms} terms`).toBe(true)
              })
            }
          }
        }
      }
    },
  )

  /** Symmetric `[batch, n, n]` with these eigenvalues, in directions without preference. */
  const ofSpectrum = (
    key: ops.Key,
    batch: number,
    n: number,
    lambda: (each: number, i: number) => number,
  ) => {
    const g = key.normal([batch, n, n], 'float64')
    const { vectors } = ops.eigh(ops.add(g, ops.transpose(g, [0, 2, 1])))
    const values = Float64Array.from({ length: batch * n }, (_, at) => lambda(Math.floor(at / n), at % n))
    return ops.matmul(ops.mul(vectors, f64(values, [batch, 1, n])), vectors, { transposeB: true })
  }

  const negatives = [
    ['float32', 1e-2],
    ['float32', 1e-3],
    ['float64', 1e-2],
    ['float64', 1e-9],
  ] as const
  it.each(negatives)(
    'choleskySolve in %s sees each eigenvalue that is −%d of the largest',
    (dtype, negative) => {
      const batch = 100
      for (const n of [2, 3, 4, 6, 9, 12, 30]) {
        for (const rank of new Set([1, Math.ceil(n / 2), n - 1])) {
          ops.scope(() => {
            const key = ops.key(100 * n + rank)
            const a = ofSpectrum(key, batch, n, (each, i) =>
              i === 0 ? -negative : i === 1 ? 1 : i <= rank ? ((each + 1) * i * 0.618) % 1 : 0,
            )
            const x = ops.choleskySolve(ops.cast(a, dtype), ops.ones([batch, n, 1], dtype))
            expect(isAll(x, Number.isNaN), `${n}, rank ${rank}`).toBe(true)
          })
        }
      }
    },
  )

  it('choleskySolve sees what follows a pivot of rounding alone', () => {
    for (const dtype of dtypes) {
      for (const above of [0, 1, 2, 3, 10, 100]) {
        const kept = 1 + above * ops.machineEpsilon(dtype)
        for (const m of [
          [
            [1, 1, 0],
            [1, kept, 1],
            [0, 1, 1],
          ],
          [
            [1, 1, 0],
            [1, kept, 1e-2],
            [0, 1e-2, 0],
          ],
          [
            [kept - 1, 1],
            [1, 0],
          ],
        ]) {
          const n = m.length
          const x = ops.choleskySolve(ops.tensor(m, { dtype }), ops.ones([n, 1], dtype))
          expect(isAll(x, Number.isNaN), `${dtype}, ${above} ε`).toBe(true)
        }
      }
    }
  })

  it('what is no number is seen wherever it stands, in the upper triangle too', () => {
    for (const dtype of dtypes) {
      for (const hole of [Number.NaN, Infinity, -Infinity]) {
        for (const [i, j] of [
          [0, 2],
          [2, 0],
          [1, 1],
        ]) {
          const a = ops.tensor(
            [0, 1, 2].map((r) => [0, 1, 2].map((c) => (r === i && c === j ? hole : 3 * Number(r === c)))),
            { dtype },
          )
          const b = ops.ones([3, 1], dtype)
          const results = [
            ops.choleskySolve(a, b),
            ops.solve(a, b),
            ops.inverse(a),
            ops.cholesky(a).factor,
            ops.eigh(a).values,
            ops.symmetricFunction(a, 'exp'),
            ops.expm(a),
            ...Object.values(ops.logDet(a)),
          ]
          for (const result of results) expect(isAll(result, Number.isNaN)).toBe(true)
          expect(flags(ops.cholesky(a).ok)).toEqual([false])
        }
      }
    }
  })

  it('the symmetric part is what counts where a matrix ought to be symmetric', () => {
    const lopsided = f64([
      [4, 3],
      [-1, 5],
    ])
    const whole = f64([
      [4, 1],
      [1, 5],
    ])
    const b = f64([[1], [2]])
    const same = (f: (a: ops.Tensor) => ops.Tensor) =>
      expect(f(lopsided).toArray()).toEqual(f(whole).toArray())
    same((a) => ops.choleskySolve(a, b))
    same((a) => ops.cholesky(a).factor)
    same((a) => ops.eigh(a).vectors)
    same((a) => ops.symmetricFunction(a, 'log'))
  })

  it('a singular matrix has sign 0 and logarithm −∞, and its system is NaN', () => {
    for (const dtype of dtypes) {
      for (const m of [
        [[0]],
        [
          [1, 2],
          [2, 4],
        ],
        [
          [0, 0],
          [1, 2],
        ],
      ]) {
        const a = ops.tensor(m, { dtype })
        const { sign, logAbs } = ops.logDet(a)
        expect([sign.item(), logAbs.item()]).toEqual([0, Number.NEGATIVE_INFINITY])
        expect(isAll(ops.solve(a, ops.ones([m.length, 1], dtype)), Number.isNaN)).toBe(true)
        expect(isAll(ops.inverse(a), Number.isNaN)).toBe(true)
      }
    }
  })

  it('eigenvalues outside the domain make a function NaN, those that rounding made negative a root of 0', () => {
    const negative = f64([
      [1, 0],
      [0, -1e-3],
    ])
    for (const f of ['log', 'sqrt', 'inverseSqrt', { power: 1.5 }] as const)
      expect(isAll(ops.symmetricFunction(negative, f), Number.isNaN)).toBe(true)
    expect(isAll(ops.symmetricFunction(negative, 'inverse'), Number.isFinite)).toBe(true)
    const v = f64([[1], [0.3], [-0.7]])
    const rankOne = ops.matmul(v, v, { transposeB: true })
    const root = ops.symmetricFunction(rankOne, 'sqrt')
    expect(largest(ops.sub(ops.matmul(root, root), rankOne))).toBeLessThan(1e-15)
  })
})
