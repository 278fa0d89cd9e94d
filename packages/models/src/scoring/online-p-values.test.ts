import { key } from '@facet/tensor'
import { describe, expect, test } from 'vitest'
import { calibrate } from './calibration.ts'
import { onlinePValues } from './online-p-values.ts'

const uniforms = (seed: number, count: number) => key(seed).uniformArray(count)

/** χ² of how evenly counts are spread. */
function unevenness(counts: readonly number[]): number {
  const each = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - each) ** 2 / each, 0)
}

/** P-values of the first and the last of three new rows, each in one of five classes: 25 counts. */
function pairs(errorsOf: (seed: number) => Float64Array, repeats: number): number[] {
  const counts = new Array(25).fill(0)
  for (let seed = 0; seed < repeats; seed++) {
    const errors = errorsOf(seed)
    const p = onlinePValues(calibrate(errors.subarray(3)), { seed }).next(errors.subarray(0, 3))
    counts[Math.ceil(5 * p[0]) - 1 + 5 * (Math.ceil(5 * p[2]) - 1)]++
  }
  return counts
}

// Passed once in ten thousand times with 24 degrees of freedom.
const limit = 58.6

describe('online p-values', () => {
  test('say where an error lies among the calibrating ones and those before it', () => {
    const online = onlinePValues(calibrate([1, 2, 3]))
    const [a, b, c, d] = online.next([2.5, 9, 9, 0])
    for (const [p, low, high] of [
      [a, 1 / 4, 2 / 4],
      [b, 0, 1 / 5],
      [c, 0, 2 / 6],
      [d, 6 / 7, 1],
    ]) {
      expect(p).toBeGreaterThan(low)
      expect(p).toBeLessThanOrEqual(high)
    }
    expect(online.rows).toBe(4)
  })

  test('are uniform, and the first says nothing of the third', () => {
    expect(unevenness(pairs((seed) => uniforms(seed, 10), 4000))).toBeLessThan(limit)
  })

  test('are uniform and independent where many errors are equal', () => {
    const coarse = (seed: number) => uniforms(seed, 10).map((u) => Math.floor(4 * u * u))
    expect(unevenness(pairs(coarse, 4000))).toBeLessThan(limit)
    expect(unevenness(pairs(() => new Float64Array(10), 4000))).toBeLessThan(limit)
  })

  test('are uniform along one stream of 20,000 rows, with 30 calibrating errors and with 2,000', () => {
    for (const n of [30, 2000]) {
      const errors = uniforms(n, n + 20_000)
      const counts = new Array(25).fill(0)
      const online = onlinePValues(calibrate(errors.subarray(0, n)))
      for (const p of online.next(errors.subarray(n))) counts[Math.ceil(25 * p) - 1]++
      expect(unevenness(counts)).toBeLessThan(limit)
    }
  })

  test('are uniform where some held-out rows are beyond the fence, and as many new ones', () => {
    const [n, rows] = [400, 8000]
    const errors = uniforms(7, n + rows).map((u, i) => (i % 50 === 0 ? 1e9 : 1) * (1 + u))
    const calibration = calibrate(errors.subarray(0, n))
    expect(calibration.fenced).toBe(8)
    const counts = new Array(25).fill(0)
    for (const p of onlinePValues(calibration).next(errors.subarray(n))) counts[Math.ceil(25 * p) - 1]++
    expect(unevenness(counts)).toBeLessThan(limit)
  })

  test('are the same in any pieces, and after a way through JSON', () => {
    const calibration = calibrate(uniforms(1, 700))
    const errors = uniforms(2, 1500)
    const whole = onlinePValues(calibration, { seed: 'a' })
    const all = whole.next(errors)
    const first = onlinePValues(calibration, { seed: 'a' })
    const before = first.next(errors.subarray(0, 601))
    const state = JSON.parse(JSON.stringify(first))
    const second = onlinePValues(calibration, { seed: 'a', state })
    expect([...before, ...second.next(errors.subarray(601))]).toEqual([...all])
    expect(second.toJSON()).toEqual(whole.toJSON())
    expect(onlinePValues(calibration, { seed: 'b' }).next(errors)).not.toEqual(all)
    expect(whole.toJSON().places.length).toBe(513)
  })

  test('pass over rows without an error, take infinite ones, and need nothing that calibrates', () => {
    const online = onlinePValues(calibrate([1, 2, 3]))
    const [a, b] = online.next([Number.NaN, Infinity])
    expect([Number.isNaN(a), b <= 1 / 4, online.rows]).toEqual([true, true, 1])
    expect(onlinePValues(calibrate([1, 2, 3])).next([Infinity])[0]).toBe(b)
    const [c, d] = onlinePValues(calibrate([])).next([5, 1])
    expect(c > 0 && c <= 1 && d > 0 && d <= 1).toBe(true)
  })

  test('refuse errors that are none, and the state of another calibration', () => {
    const online = onlinePValues(calibrate([1, 2, 3]))
    expect(() => online.next([1, -1])).toThrow(
      'onlinePValues: errors: expected numbers of at least 0, got -1 at index 1',
    )
    expect(online.rows).toBe(0)
    const made = (state: unknown) => () => onlinePValues(calibrate([1, 2]), { state: state as never })
    online.next([1])
    expect(made(online.toJSON())).toThrow(
      'onlinePValues: state: expected the 3 gaps of this calibration with 1 rows more, found 4 with',
    )
    expect(made({ rows: 1, places: [1, 1, 1] })).toThrow('with 1 rows more, found 3 with 0')
    expect(made({ rows: 0, places: [0, 2, 1] })).toThrow('with 0 rows more, found 3 with NaN')
    expect(made({ rows: 0, places: [1, 1, 0.5] })).toThrow(
      'onlinePValues: state.places[2]: expected a whole number of at least 0, found 0.5',
    )
    expect(made(null)).toThrow('onlinePValues: state: expected fields (rows, places), found null')
    expect(() => onlinePValues(calibrate([]), { seeds: 1 } as never)).toThrow('seeds')
  })
})
