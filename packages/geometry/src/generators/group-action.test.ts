import {
  expandDims,
  expm,
  init,
  key,
  matmul,
  mul,
  neg,
  reshape,
  squeeze,
  sub,
  type Tensor,
  tensor,
  transpose,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { groupAction } from './group-action.ts'

beforeAll(() => init())

const float64 = (values: number[][] | number[][][]) => tensor(values, { dtype: 'float64' })
const rotation = () =>
  float64([
    [
      [0, -1],
      [1, 0],
    ],
  ])
const rowsOf = (t: Tensor) => t.toArray() as number[][]

/** Distances of rows. */
const apart = (a: number[][], b: number[][]): number[] =>
  a.map((row, n) => Math.hypot(...row.map((value, i) => value - b[n][i])))

describe('closed forms', () => {
  it('a rotation turns by θ, however many turns that is, within the bound, and the bound is near', () => {
    const angles = [0, 1e-9, 0.3, 2, -7, 50, 1e3, -1e6, 1e9]
    const x = angles.map((_, n) => [Math.cos(n), Math.sin(n)])
    const { points, errorBound } = groupAction(rotation(), float64(angles.map((a) => [a])), float64(x))
    const wanted = angles.map((angle, n) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      return [c * x[n][0] - s * x[n][1], s * x[n][0] + c * x[n][1]]
    })
    const bounds = errorBound.toArray() as number[]
    apart(rowsOf(points), wanted).forEach((off, n) => {
      expect(off).toBeLessThanOrEqual(bounds[n])
      expect(bounds[n]).toBeLessThan(1e-13 * Math.max(1, Math.abs(angles[n])))
    })
  })

  it('rotations of two planes at once turn each by its own angle', () => {
    const G = float64([
      [
        [0, -1, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
      [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, -2],
        [0, 0, 2, 0],
      ],
    ])
    const { points } = groupAction(G, float64([[0.4, 1.1]]), float64([[1, 0, 0, 1]]))
    const wanted = [[Math.cos(0.4), Math.sin(0.4), -Math.sin(2.2), Math.cos(2.2)]]
    expect(apart(rowsOf(points), wanted)[0]).toBeLessThan(1e-15 * 4)
  })

  it('a multiple of the identity scales, from one end of the numbers to the other', () => {
    const one = float64([
      [
        [1, 0],
        [0, 1],
      ],
    ])
    const { points } = groupAction(
      one,
      float64([[700], [-700], [-2000], [1]]),
      float64([
        [1, 2],
        [1, 2],
        [1, 2],
        [0, 1],
      ]),
    )
    const [large, small, none, e] = rowsOf(points)
    expect(large[1] / Math.exp(700)).toBeCloseTo(2, 10)
    expect(small[0] / Math.exp(-700)).toBeCloseTo(1, 10)
    expect(none).toEqual([0, 0])
    expect(e[1]).toBeCloseTo(Math.E, 14)
  })

  it('a shear is a polynomial', () => {
    const shear = float64([
      [
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    ])
    const { points } = groupAction(
      shear,
      float64([[3], [1e6]]),
      float64([
        [0, 0, 1],
        [0, 0, 1],
      ]),
    )
    expect(
      apart(rowsOf(points), [
        [4.5, 3, 1],
        [5e11, 1e6, 1],
      ])[0],
    ).toBeLessThan(1e-14)
    expect(rowsOf(points)[1][0] / 5e11).toBeCloseTo(1, 9)
  })

  it('a hyperbolic rotation is cosh and sinh', () => {
    const boost = float64([
      [
        [0, 1],
        [1, 0],
      ],
    ])
    const { points, errorBound } = groupAction(boost, float64([[2.5]]), float64([[1, 0]]))
    const off = apart(rowsOf(points), [[Math.cosh(2.5), Math.sinh(2.5)]])[0]
    expect(off).toBeLessThan((errorBound.toArray() as number[])[0])
    expect((errorBound.toArray() as number[])[0]).toBeLessThan(1e-13)
  })
})

it('is what a dense exponential makes of the points, for random generators of any number and size', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1e-3, 0.3, 2, 8),
      (seed, h, d, size) => {
        const [G, theta, x] = [
          mul(key(seed).child('G').normal([h, d, d], 'float64'), size),
          key(seed).child('theta').normal([5, h], 'float64'),
          key(seed).child('x').normal([5, d], 'float64'),
        ]
        const A = reshape(matmul(theta, reshape(G, [h, d * d])), [5, d, d])
        const wanted = rowsOf(squeeze(matmul(expm(A), expandDims(x, 2)), 2))
        const { points } = groupAction(G, theta, x)
        apart(rowsOf(points), wanted).forEach((off, n) => {
          // The relative error of either is about ε ‖A‖ (Higham, "Functions of Matrices", 10.1).
          const norm = Math.hypot(...(A.toArray() as number[][][])[n].flat())
          expect(off).toBeLessThan(1e-14 * (1 + norm) * Math.hypot(...wanted[n]) * Math.exp(norm / 4))
        })
      },
    ),
    { numRuns: 60 },
  )
})

it('the way back leads to the start, within both bounds, for rotations of 24 dimensions', () => {
  const S = key('S').normal([3, 24, 24], 'float64')
  const G = mul(sub(S, transpose(S, [0, 2, 1])), 0.5)
  for (const size of [0.1, 3, 200]) {
    const theta = mul(key('theta').normal([10, 3], 'float64'), size)
    const x = key('x').normal([10, 24], 'float64')
    const there = groupAction(G, theta, x)
    const back = groupAction(G, neg(theta), there.points)
    const bounds = [there.errorBound, back.errorBound].map((t) => t.toArray() as number[])
    apart(rowsOf(back.points), rowsOf(x)).forEach((off, n) => {
      expect(off).toBeLessThanOrEqual(bounds[0][n] + bounds[1][n])
      expect(bounds[0][n]).toBeLessThan(1e-10 * size)
    })
  }
})

it('agrees with 60 digits of mpmath within its bound', () => {
  const G = float64([
    [
      [1, -2, 0.5],
      [0.25, 1.5, -1],
      [2, 0, -3],
    ],
    [
      [0, 1, 1],
      [-1, 0, 2],
      [0.5, -0.5, 0.75],
    ],
  ])
  const theta = float64([
    [1, -0.5],
    [-2, 3],
    [4, 0],
  ])
  const x = float64([
    [1, 0, 0],
    [0.5, -1, 2],
    [0, 1, -1],
  ])
  const golden = [
    [1.856047430416881, 0.40072001482619435, 0.8424842181599136],
    [541.0848105910279, 375.3116489309254, 618.534152221302],
    [-4089.698829352148, 1498.8285049735118, -1656.4518799237105],
  ]
  const { points, errorBound } = groupAction(G, theta, x)
  const bounds = errorBound.toArray() as number[]
  apart(rowsOf(points), golden).forEach((off, n) => {
    expect(off).toBeLessThanOrEqual(bounds[n] + 1e-16 * Math.hypot(...golden[n]))
    expect(off).toBeLessThan(1e-14 * Math.hypot(...golden[n]))
  })
})

it('carries points of any scale, and float32 numbers as they are', () => {
  const G = key('G').normal([2, 3, 3], 'float64')
  const [theta, x] = [key('t').normal([4, 2], 'float64'), key('x').normal([4, 3], 'float64')]
  const own = groupAction(G, theta, x)
  for (const exponent of [-1000, 1000]) {
    const moved = groupAction(G, theta, mul(x, 2 ** exponent))
    expect(moved.points.toArray()).toEqual(mul(own.points, 2 ** exponent).toArray())
  }
  const unit = groupAction(mul(G, 2 ** -500), mul(theta, 2 ** 500), x)
  expect(unit.points.toArray()).toEqual(own.points.toArray())
  const single = groupAction(
    tensor([
      [
        [0, -1],
        [1, 0],
      ],
    ]),
    tensor([[0.5]]),
    tensor([[1, 0]]),
  )
  expect(single.points.dtype).toBe('float64')
  expect(rowsOf(single.points)[0][0]).toBeCloseTo(Math.cos(0.5), 15)
})

it('is NaN for rows that are not finite, and nowhere else', () => {
  const theta = float64([[1], [Number.NaN], [1], [Infinity], [1e308]])
  const x = float64([
    [1, 0],
    [1, 0],
    [Infinity, 0],
    [1, 0],
    [1, 0],
  ])
  const { points, errorBound } = groupAction(mul(rotation(), 3), theta, x)
  expect(rowsOf(points).map((row) => row.every(Number.isFinite))).toEqual([true, false, false, false, false])
  expect((errorBound.toArray() as number[]).map(Number.isNaN)).toEqual([false, true, true, true, true])
})

it('says that nothing is known where a turn is longer than float64 tells angles apart', () => {
  const { errorBound } = groupAction(rotation(), float64([[1e20]]), float64([[1, 0]]))
  expect((errorBound.toArray() as number[])[0]).toBeGreaterThan(1)
})

it('says what it expects', () => {
  expect(() => groupAction(rotation(), float64([[1]]), float64([[1, 2, 3]]))).toThrow(
    'groupAction: expected generators [h, d, d], theta [N, h] and x [N, d], ' +
      'got float64 [1, 2, 2], float64 [1, 1] and float64 [1, 3]',
  )
  expect(() => groupAction(rotation(), float64([[1], [2]]), float64([[1, 2]]))).toThrow(
    'got float64 [1, 2, 2]',
  )
})
