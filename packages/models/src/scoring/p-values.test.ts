import { init } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { logNormalErrors } from '../testing/random-errors.ts'
import { calibrate } from './calibration.ts'
import { pValues } from './p-values.ts'

beforeAll(() => init())

describe('p-values', () => {
  test('are the share of errors that are at least as large, the own one included', () => {
    const p = pValues(calibrate([1, 2, 2, 3]), [0, 1, 2, 2.5, 3, 4, Infinity, Number.NaN])
    expect([...p]).toEqual([1, 1, 0.8, 0.4, 0.4, 0.2, 0.2, Number.NaN])
    expect([...pValues(calibrate([]), [1, Number.NaN])]).toEqual([1, Number.NaN])
  })

  test('are uniform on k / (n + 1) for rows that are as the held-out ones', () => {
    const [n, repeats] = [19, 4000]
    const counts = new Array(n + 1).fill(0)
    for (const errors of logNormalErrors(1, repeats, n + 1)) {
      const [p] = pValues(calibrate(errors.subarray(1)), errors.subarray(0, 1))
      counts[Math.round(p * (n + 1)) - 1]++
    }
    // χ² with 19 degrees of freedom: 43.8 is passed once in a thousand times.
    const each = repeats / (n + 1)
    expect(counts.reduce((sum, count) => sum + (count - each) ** 2 / each, 0)).toBeLessThan(43.8)
  })

  test('are at most α for a share of at most α, with ties as well', () => {
    const [n, repeats] = [24, 3000]
    for (const alpha of [0.04, 0.1, 0.2]) {
      let small = 0
      for (const errors of logNormalErrors(2, repeats, n + 1)) {
        const rough = errors.map((error) => Math.round(2 * error))
        const [p] = pValues(calibrate(rough.subarray(1)), rough.subarray(0, 1))
        small += Number(p <= alpha)
      }
      expect(small / repeats).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / repeats))
    }
  })
})
