import { network } from '@facet/models'
import { add, init, key, matmul, mul, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { effectiveRank, effectiveRankOfCodes } from './effective-rank.ts'
import { pullbackMetric } from './pullback-metric.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })
const numbers = (t: { toArray(): unknown }) => t.toArray() as number[]

it('is the number of values where all are equal, whatever zeros stand beside them, and 0 for zeros', () => {
  const { participation, entropy } = effectiveRank(
    float64([
      [5, 5, 5, 5],
      [0, 3, 0, 3],
      [0, 0, 2, 0],
      [0, 0, 0, 0],
    ]),
  )
  expect(numbers(participation)).toEqual([4, 2, 1, 0])
  numbers(entropy).forEach((value, n) => void expect(value).toBeCloseTo([4, 2, 1, 0][n], 14))
})

it('is what its formulas say, at any scale', () => {
  for (const scale of [1, 2 ** -1000, 2 ** 1000]) {
    const { participation, entropy } = effectiveRank(mul(float64([[3, 2, 1]]), scale))
    expect(numbers(participation)[0]).toBeCloseTo(14 ** 2 / (81 + 16 + 1), 14)
    const [a, b, c] = [1 / 2, 1 / 3, 1 / 6]
    const entropyOf = -(a * Math.log(a) + b * Math.log(b) + c * Math.log(c))
    expect(numbers(entropy)[0]).toBeCloseTo(Math.exp(entropyOf), 14)
  }
})

it('of the Jacobians of a network with a narrow layer is at most its width', () => {
  const net = network({
    sizes: [6, 20, 2, 20, 6],
    activations: ['relu', 'identity', 'relu', 'identity'],
    key: key(3),
    dtype: 'float64',
  })
  const { participation, entropy } = effectiveRank(
    pullbackMetric(net, key('x').normal([30, 6], 'float64')).singularValues,
  )
  for (const value of [...numbers(participation), ...numbers(entropy)]) expect(value).toBeLessThan(2 + 1e-9)
  expect(Math.max(...numbers(participation))).toBeGreaterThan(1.2)
})

it('of codes is that of their covariance: moving all of them changes nothing', () => {
  const codes = matmul(key('z').normal([200, 2], 'float64'), key('mix').normal([2, 5], 'float64'))
  const own = effectiveRankOfCodes(codes)
  expect(own.participation.item()).toBeGreaterThan(1.01)
  expect(own.entropy.item()).toBeLessThan(2 + 1e-9)
  const moved = effectiveRankOfCodes(add(codes, 1000))
  expect(moved.participation.item()).toBeCloseTo(own.participation.item(), 9)
  // Rounding to the ulp of 1000 makes the three values that are 0 about 1e-13 of the others, and entropy grows by −p ln p.
  expect(moved.entropy.item()).toBeCloseTo(own.entropy.item(), 9)
  expect(
    effectiveRankOfCodes(
      float64([
        [7, 8],
        [7, 8],
      ]),
    ).participation.item(),
  ).toBe(0)
})

it('is NaN where a number is not finite, and says what it expects', () => {
  expect(
    numbers(
      effectiveRank(
        float64([
          [1, Number.NaN],
          [Infinity, 1],
          [1, 1],
        ]),
      ).participation,
    ),
  ).toEqual([Number.NaN, Number.NaN, 2])
  expect(effectiveRankOfCodes(float64([[1], [Number.NaN]])).entropy.item()).toBeNaN()
  expect(() => effectiveRank(tensor(1))).toThrow(
    'effectiveRank: expected singular values [..., k], got float32 []',
  )
  expect(() => effectiveRankOfCodes(tensor([1]))).toThrow(
    'effectiveRankOfCodes: expected codes [N, h] with N ≥ 1, got float32 [1]',
  )
})
