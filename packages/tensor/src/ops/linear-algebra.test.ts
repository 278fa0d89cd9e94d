import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../index.ts'
import { asTensor, plain } from '../testing/arrays.ts'

beforeAll(() => ops.init())

const largest = (t: ops.Tensor): number => [...t.dataSync()].reduce((m, x) => Math.max(m, Math.abs(x)), 0)
const batches = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 5 }))

describe('batched linear algebra', () => {
  it('choleskySolve solves every system of a batch', () => {
    const systems = batches.chain(([b, n]) =>
      fc.tuple(plain(fc.constant([b, n, n])), plain(fc.constant([b, n, 2]))),
    )
    fc.assert(
      fc.property(systems, ([m, rhs]) => {
        const root = asTensor(m)
        const a = ops.add(ops.matmul(root, root, { transposeB: true }), ops.eye(m.shape[1], 'float64'))
        const x = ops.choleskySolve(a, asTensor(rhs))
        expect(largest(ops.sub(ops.matmul(a, x), asTensor(rhs)))).toBeLessThan(1e-9)
      }),
    )
  })

  it('choleskySolve of a singular consistent system gives a solution, in float32 too', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const a = ops.tensor(
        [
          [4, 4],
          [4, 4],
        ],
        { dtype },
      )
      const x = ops.choleskySolve(a, ops.tensor([[8], [8]], { dtype }))
      expect(ops.matmul(a, x).toArray()).toEqual([[8], [8]])
      expect(ops.choleskySolve(ops.zeros([2, 2], dtype), ops.ones([2, 1], dtype)).toArray()).toEqual([
        [0],
        [0],
      ])
    }
  })

  it('choleskySolve keeps a ridge of 1e-6 of the largest eigenvalue, in float32 too', () => {
    const ridge = 1e-6
    const a = ops.add(ops.ones([10, 10]), ops.mul(ops.eye(10), ridge))
    const x = ops.choleskySolve(a, ops.ones([10, 1])).dataSync()
    for (const value of x) expect(value).toBeCloseTo(0.1, 3)
  })

  it('eigh takes every matrix of a batch apart', () => {
    fc.assert(
      fc.property(
        batches.chain(([b, n]) => plain(fc.constant([b, n, n]))),
        (m) => {
          const t = asTensor(m)
          const a = ops.add(t, ops.transpose(t, [0, 2, 1]))
          const { values, vectors } = ops.eigh(a)
          const scaled = ops.mul(vectors, ops.expandDims(values, 1))
          expect(largest(ops.sub(ops.matmul(scaled, vectors, { transposeB: true }), a))).toBeLessThan(1e-10)
        },
      ),
    )
  })

  it('expm of a skew matrix is the rotation by its angle, in a batch', () => {
    const angles = [0.3, 2.5]
    const g = ops.tensor(
      angles.map((t) => [
        [0, -t],
        [t, 0],
      ]),
      { dtype: 'float64' },
    )
    const want = ops.tensor(
      angles.map((t) => [
        [Math.cos(t), -Math.sin(t)],
        [Math.sin(t), Math.cos(t)],
      ]),
      { dtype: 'float64' },
    )
    expect(largest(ops.sub(ops.expm(g), want))).toBeLessThan(1e-14)
  })

  it('trace sums the diagonal of each matrix', () => {
    expect(
      ops
        .trace(
          ops.tensor([
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 8],
            ],
          ]),
        )
        .toArray(),
    ).toEqual([5, 13])
  })
})

const f64 = (values: Parameters<typeof ops.tensor>[0], shape?: ops.Shape): ops.Tensor =>
  ops.tensor(values, { dtype: 'float64', ...(shape && { shape }) })

const expectNear = (got: ops.Tensor, want: number[][], relative = 1e-14): void => {
  const scale = Math.max(...want.flat().map(Math.abs))
  expect(largest(ops.sub(got, f64(want)))).toBeLessThanOrEqual(relative * scale)
}

const flags = (t: ops.Tensor): boolean[] => Array.from(t.dataSync(), Boolean)

const dtypes = ['float32', 'float64'] as const
const isAll = (t: ops.Tensor, f: (x: number) => boolean): boolean => t.dataSync().every((x) => f(x))

describe('values as NumPy 1.24.2 gives them', () => {
  const a = () =>
    f64([
      [4, -2, 1],
      [3, 6, -4],
      [2, 1, 8],
    ])
  const s = () =>
    f64([
      [4, 1, 0.5],
      [1, 3, -0.25],
      [0.5, -0.25, 2],
    ])

  it('solve', () => {
    const b = f64([
      [12, -25],
      [32, 1],
      [7, 3],
    ])
    expectNear(ops.solve(a(), b), [
      [4.494296577946768, -4.855513307984792],
      [2.6958174904942966, 3.3726235741444865],
      [-0.5855513307984791, 1.1673003802281372],
    ])
  })

  it('inverse', () => {
    expectNear(ops.inverse(a()), [
      [0.19771863117870722, 0.06463878326996197, 0.007604562737642592],
      [-0.12167300380228137, 0.11406844106463877, 0.07224334600760458],
      [-0.034220532319391636, -0.030418250950570346, 0.1140684410646388],
    ])
  })

  it('logDet', () => {
    for (const sign of [1, -1]) {
      const got = ops.logDet(ops.mul(a(), sign))
      expect(got.sign.item()).toBe(sign)
      expect(got.logAbs.item()).toBeCloseTo(5.572154032177764, 14)
    }
  })

  it('cholesky', () => {
    const { factor, ok } = ops.cholesky(s())
    expectNear(factor, [
      [2, 0, 0],
      [0.5, 1.6583123951777, 0],
      [0.25, -0.22613350843332272, 1.3734495390671027],
    ])
    expect(flags(ok)).toEqual([true])
  })

  /** `(v * f(w)) @ v.T` of `numpy.linalg.eigh`. */
  const functions: [ops.SymmetricFunction, number[][]][] = [
    [
      'exp',
      [
        [79.71724108178344, 40.17410228174172, 11.656772178070998],
        [40.17410228174171, 35.711193816950775, 1.83550387714621],
        [11.656772178070998, 1.8355038771462115, 9.332093474336164],
      ],
    ],
    [
      'log',
      [
        [1.3301801504570663, 0.3087695794796937, 0.1979523058410357],
        [0.3087695794796937, 1.041213987387003, -0.13858298573978048],
        [0.19795230584103576, -0.13858298573978048, 0.6611521088326374],
      ],
    ],
    [
      'sqrt',
      [
        [1.974794331810479, 0.2755612860234819, 0.15573478960813844],
        [0.27556128602348184, 1.7073940215126313, -0.09418934625533923],
        [0.15573478960813836, -0.09418934625533919, 1.4024532228768634],
      ],
    ],
    [
      'inverseSqrt',
      [
        [0.52372230026557, -0.08805955681942551, -0.06407062486475151],
        [-0.08805955681942544, 0.6026723814236143, 0.05025426375513849],
        [-0.0640706248647515, 0.050254263755138515, 0.7235260506240121],
      ],
    ],
    [
      'inverse',
      [
        [0.28614457831325313, -0.1024096385542171, -0.08433734939759041],
        [-0.10240963855421709, 0.37349397590361505, 0.0722891566265062],
        [-0.08433734939759042, 0.07228915662650619, 0.5301204819277111],
      ],
    ],
    [
      { power: 1.7 },
      [
        [11.068737020245432, 4.012507855605487, 1.709545651508466],
        [4.012507855605487, 6.921361766324354, -0.5850380291230699],
        [1.7095456515084657, -0.58503802912307, 3.394376544654966],
      ],
    ],
  ]
  it.each(functions)('symmetricFunction %j', (f, want) => {
    expectNear(ops.symmetricFunction(s(), f), want)
  })
})

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

describe('matrices of any size', () => {
  const all = (a: ops.Tensor, b: ops.Tensor): ops.Tensor[] => [
    ops.choleskySolve(a, b),
    ops.solve(a, b),
    ops.inverse(a),
    ops.cholesky(a).factor,
    ops.eigh(a).vectors,
    ops.symmetricFunction(a, 'sqrt'),
    ops.symmetricFunction(a, { power: 2 }),
    ops.expm(a),
  ]

  it('without rows, without columns, without matrices', () => {
    for (const dtype of dtypes) {
      for (const lead of [[], [2], [0]]) {
        for (const result of all(ops.zeros([...lead, 0, 0], dtype), ops.zeros([...lead, 0, 3], dtype)))
          expect(result.size).toBe(0)
        const { sign, logAbs } = ops.logDet(ops.zeros([...lead, 0, 0], dtype))
        expect(isAll(sign, (x) => x === 1)).toBe(true)
        expect(isAll(logAbs, (x) => x === 0)).toBe(true)
        expect(isAll(ops.cholesky(ops.zeros([...lead, 0, 0], dtype)).ok, (x) => x === 1)).toBe(true)
        expect(isAll(ops.trace(ops.zeros([...lead, 0, 0], dtype)), (x) => x === 0)).toBe(true)
      }
      expect(ops.solve(ops.eye(2, dtype), ops.zeros([2, 0], dtype)).shape).toEqual([2, 0])
    }
  })

  it('of one number are that number’s functions', () => {
    const [a, b] = [f64([[4]]), f64([[8]])]
    expect(all(a, b).map((t) => t.item())).toEqual([2, 2, 0.25, 2, 1, 2, 16, Math.exp(4)])
  })

  it('as large and as small as numbers go', () => {
    for (const [dtype, scales] of [
      ['float64', [1e-150, 1e150, 1e-300, 1e300]],
      ['float32', [1e-20, 1e20, 1e-36, 1e36]],
    ] as const) {
      for (const scale of scales) {
        const m = ops.tensor(
          [
            [4, 1],
            [1, 3],
          ],
          { dtype },
        )
        const a = ops.mul(m, scale)
        const b = ops.mul(ops.ones([2, 1], dtype), scale)
        const near = (got: ops.Tensor, want: ops.Tensor) =>
          expect(largest(ops.sub(got, want))).toBeLessThan(4 * ops.machineEpsilon(dtype) * largest(want))
        near(ops.solve(a, b), ops.solve(m, ops.ones([2, 1], dtype)))
        near(ops.choleskySolve(a, b), ops.solve(m, ops.ones([2, 1], dtype)))
        near(ops.mul(ops.inverse(a), scale), ops.inverse(m))
        near(ops.cholesky(a).factor, ops.mul(ops.cholesky(m).factor, Math.sqrt(scale)))
        near(ops.symmetricFunction(a, 'sqrt'), ops.mul(ops.symmetricFunction(m, 'sqrt'), Math.sqrt(scale)))
        near(ops.logDet(a).logAbs, ops.add(ops.logDet(m).logAbs, 2 * Math.log(scale)))
      }
    }
  })

  it('leading axes broadcast, as those of matmul', () => {
    const a = ops.add(ops.key(1).normal([3, 1, 2, 2], 'float64'), ops.mul(ops.eye(2, 'float64'), 5))
    const b = ops.key(2).normal([4, 2, 1], 'float64')
    const x = ops.solve(a, b)
    expect(x.shape).toEqual([3, 4, 2, 1])
    expect(largest(ops.sub(ops.matmul(a, x), b))).toBeLessThan(1e-14)
    expect(ops.choleskySolve(ops.eye(2), ops.ones([4, 2, 1])).toArray()).toEqual(
      ops.ones([4, 2, 1]).toArray(),
    )
  })

  it('are refused where they are no tensors', () => {
    expect(() => ops.inverse(1 as never)).toThrow('inverse: expected a tensor, got 1')
    expect(() => ops.symmetricFunction([[1]] as never, 'exp')).toThrow(
      'symmetricFunction: expected a tensor, got an array of 1',
    )
    expect(() => ops.choleskySolve(ops.eye(1), 1 as never)).toThrow('choleskySolve: expected a tensor, got 1')
  })

  it('are refused where they are not square, of whole numbers or of other shapes', () => {
    const unary = {
      cholesky: ops.cholesky,
      inverse: ops.inverse,
      logDet: ops.logDet,
      eigh: ops.eigh,
      symmetricFunction: (a: ops.Tensor) => ops.symmetricFunction(a, 'exp'),
      expm: ops.expm,
    }
    for (const [name, f] of Object.entries(unary)) {
      expect(() => f(ops.zeros([2, 3]))).toThrow(`${name}: expected square matrices, got [2, 3]`)
      expect(() => f(ops.zeros([2]))).toThrow(`${name}: expected a matrix of rank ≥ 2, got [2]`)
      expect(() => f(ops.zeros([2, 2], 'int32'))).toThrow(`${name}: expected float32 or float64, got int32`)
    }
    expect(() => ops.solve(ops.eye(2), ops.ones([3, 1]))).toThrow(
      'solve: expected A [..., n, n] and B [..., n, m], got [2, 2] and [3, 1]',
    )
    expect(() => ops.solve(ops.eye(2), ops.ones([2]))).toThrow('solve: expected right-hand sides of rank ≥ 2')
    expect(() => ops.symmetricFunction(ops.eye(2), 'cosh' as never)).toThrow(
      "symmetricFunction: expected one of exp, log, sqrt, inverseSqrt, inverse or { power: a finite number }, got 'cosh'",
    )
    expect(() => ops.trace(ops.zeros([2, 3]))).toThrow('trace: expected square matrices, got [2, 3]')
    expect(() => ops.trace(ops.zeros([2, 2], 'bool'))).toThrow('trace: expected numbers, got bool')
    expect(ops.trace(ops.eye(3, 'int32')).item()).toBe(3)
  })
})
