import { init } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { logNormalErrors } from '../testing/random-errors.ts'
import { upperTail } from './beta-binomial.ts'
import { calibrate } from './calibration.ts'
import { drift } from './drift.ts'
import { distanceOf, kolmogorovTail } from './kolmogorov.ts'

beforeAll(() => init())

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)

describe('drift of a file', () => {
  test('finds rows as the held-out ones alike: both p-values are small as seldom as they say', () => {
    const [n, rows, repeats] = [100, 60, 800]
    const small = { alarmsP: 0, distanceP: 0 }
    for (const errors of logNormalErrors(7, repeats, n + rows)) {
      const { alarmsP, distanceP } = drift(calibrate(errors.subarray(0, n)), errors.subarray(n), {
        alpha: 0.05,
      })
      small.alarmsP += Number(alarmsP <= 0.05)
      small.distanceP += Number(distanceP <= 0.05)
    }
    // 0.05 and four standard deviations.
    const most = 0.05 + 4 * Math.sqrt((0.05 * 0.95) / repeats)
    for (const count of Object.values(small)) {
      expect(count / repeats).toBeLessThan(most)
      expect(count / repeats).toBeGreaterThan(0.01)
    }
  })

  test('tells errors that have grown, and errors that have shrunk', () => {
    const [known, found] = logNormalErrors(8, 2, 200)
    const grown = drift(
      calibrate(known),
      found.map((error) => 5 * error),
    )
    expect(grown.distanceP).toBeLessThan(1e-6)
    expect(grown.alarmsP).toBeLessThan(0.05)
    expect(grown.ratio).toBeGreaterThan(2)
    const shrunk = drift(
      calibrate(known),
      found.map((error) => error / 2.5),
    )
    expect(shrunk.distanceP).toBeLessThan(1e-6)
    expect(shrunk.alarms).toBeLessThan(0.01)
    expect(shrunk.ratio).toBeLessThan(0.5)
  })

  test('counts p-values up to the level that the held-out rows can tell', () => {
    const known = calibrate(Array.from({ length: 19 }, (_, i) => 1 + i / 10))
    expect(drift(known, [0.5, 2.85, 9, Number.NaN])).toMatchObject({
      rows: 3,
      level: 1 / 20,
      alarms: 2 / 3,
    })
    expect(drift(known, [0.5, 2.75, 9], { alpha: 0.14 })).toMatchObject({ level: 2 / 20, alarms: 2 / 3 })
    expect(drift(known, [])).toMatchObject({ rows: 0, alarms: Number.NaN, distanceP: Number.NaN })
    expect(drift(calibrate([]), [1])).toMatchObject({ rows: 1, level: Number.NaN, ratio: Number.NaN })
    expect(() => drift(known, [1], { alpha: 1 })).toThrow('drift: alpha: expected a number above 0')
    expect(() => drift(known, [-1])).toThrow('drift: errors: expected numbers of at least 0, got -1')
  })
})

describe('the number of new rows above the m-th largest of n', () => {
  test.each([
    [1, 5, 1, 4],
    [2, 7, 3, 9],
    [0, 3, 1, 2],
    [6, 6, 2, 5],
  ])('is at least %i of %i as often as orders of all rows say (m = %i, n = %i)', (k, N, m, n) => {
    // Of the orders of n + N rows those with j new ones above the m-th largest known one.
    const orders = (j: number) => choose(m - 1 + j, j) * choose(n - m + N - j, N - j)
    let sum = 0
    for (let j = k; j <= N; j++) sum += orders(j) / choose(n + N, N)
    expect(upperTail(k, N, m, n)).toBeCloseTo(sum, 12)
  })
})

describe("Kolmogorov's distribution", () => {
  // Critical values as textbooks have them.
  test.each([
    [1.2238, 0.1],
    [1.3581, 0.05],
    [1.6276, 0.01],
    [1.9495, 0.001],
  ])('passes %f with probability %f', (x, tail) => {
    expect(kolmogorovTail(x) / tail).toBeCloseTo(1, 3)
  })

  test('is the alternating series to rounding, with enough terms', () => {
    for (let x = 0.3; x < 4; x += 0.01) {
      let sum = 0
      for (let k = 1; k <= 60; k++) sum += 2 * (-1) ** (k + 1) * Math.exp(-2 * (k * x) ** 2)
      expect(Math.abs(kolmogorovTail(x) - sum)).toBeLessThan(1e-13)
    }
  })

  test('is 1 at 0 and falls without a step where the series change', () => {
    expect(kolmogorovTail(0)).toBe(1)
    expect(kolmogorovTail(1.18 - 1e-13)).toBeCloseTo(kolmogorovTail(1.18), 11)
    expect(kolmogorovTail(Number.NaN)).toBeNaN()
  })

  test('is asked for the largest distance of two distribution functions, ties stepping together', () => {
    expect(distanceOf(Float64Array.of(1, 2, 2, 3), Float64Array.of(2, 2, 4))).toBeCloseTo(1 / 3, 15)
    expect(distanceOf(Float64Array.of(1, 2), Float64Array.of(3))).toBe(1)
    expect(distanceOf(Float64Array.of(1), new Float64Array(0))).toBeNaN()
  })
})
