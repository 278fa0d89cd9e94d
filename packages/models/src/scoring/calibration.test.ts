import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { logNormalErrors } from '../testing/random-errors.ts'
import { calibrate } from './calibration.ts'

beforeAll(() => init())

const logNormal = (n: number, seed: number): Float64Array => logNormalErrors(seed, 1, n)[0]

const anyErrors = fc.array(fc.oneof(fc.double({ min: 0 }), fc.constant(Number.NaN)), { maxLength: 40 })

describe('calibration', () => {
  test('keeps the errors within the fence in ascending order, and counts those beyond', () => {
    const { errors, fenced, centre, spread } = calibrate([3, 1, 2, 4, 5, 6, 1e6])
    expect([...errors]).toEqual([1, 2, 3, 4, 5, 6])
    expect(fenced).toBe(1)
    expect(centre).toBe(Math.log(4))
    // Distances of the logarithms from log 4: 0, log 1.25, log 4/3, log 1.5, log 2, log 4, and a large one.
    expect(spread).toBeCloseTo(1.4826 * Math.log(1.5), 14)
  })

  test('loses no row but NaN, and no unit matters', () => {
    fc.assert(
      fc.property(anyErrors, (list) => {
        const { errors, fenced, centre, spread } = calibrate(list)
        const rows = list.filter((error) => !Number.isNaN(error))
        expect(errors.length + fenced).toBe(rows.length)
        expect(Number.isNaN(centre)).toBe(rows.length === 0)
        expect(spread < 0).toBe(false)
        expect(errors.every((error, i) => error < Infinity && (i === 0 || error >= errors[i - 1]))).toBe(true)
      }),
    )
    const errors = logNormal(80, 3)
    const scaled = calibrate(errors.map((error) => error * 2 ** 20))
    expect(scaled.errors).toEqual(calibrate(errors).errors.map((error) => error * 2 ** 20))
  })

  test.each([
    [58, 3, 0],
    [200, 10, 0],
    [1000, 50, 2],
  ])('of %i rows, %i odd ones do not move what the others say', (n, odd, clean) => {
    const errors = logNormal(n, n)
    errors.subarray(0, odd).forEach((error, i, some) => {
      some[i] = error * 1e6
    })
    const { errors: kept, fenced, spread } = calibrate(errors)
    expect(fenced).toBeGreaterThanOrEqual(odd)
    expect(fenced).toBeLessThanOrEqual(odd + clean)
    expect(kept[kept.length - 1]).toBeLessThan(100)
    expect(spread).toBeGreaterThan(0.8)
    expect(spread).toBeLessThan(1.3)
  })

  test('cuts hardly any of the rows that are as the others, few or many', () => {
    for (const [n, repeats, most] of [
      [10, 400, 0.004],
      [58, 100, 0.0005],
      [2000, 5, 0.0002],
    ]) {
      let fenced = 0
      for (let i = 0; i < repeats; i++) fenced += calibrate(logNormal(n, 1000 * n + i)).fenced
      expect(fenced / (n * repeats)).toBeLessThanOrEqual(most)
    }
  })

  test('lets none calibrate that are 4.3 spreads off: at α = 0.01 eight of 400 would be the threshold', () => {
    const errors = logNormal(400, 1).map((error) => error ** 0.4)
    const { centre, spread } = calibrate(errors)
    errors.fill(Math.exp(centre + 4.3 * spread), 0, 8)
    const { errors: kept, fenced } = calibrate(errors)
    expect(fenced).toBe(8)
    expect(Math.log(kept[kept.length - 1])).toBeLessThan(centre + 4 * spread)
  })

  test('has no fence where most errors are equal, and infinite ones do not calibrate', () => {
    const { errors, fenced, spread } = calibrate([2, 2, 2, 2, 1e9, Infinity])
    expect([...errors]).toEqual([2, 2, 2, 2, 1e9])
    expect([fenced, spread]).toEqual([1, 0])
    expect(calibrate([0, 0, 1]).centre).toBe(Math.log(Number.MIN_VALUE))
    expect(calibrate([])).toEqual({
      errors: new Float64Array(0),
      fenced: 0,
      centre: Number.NaN,
      spread: Number.NaN,
    })
  })

  test.each([
    [[1, -1], 'calibrate: errors: expected numbers of at least 0, got -1 at index 1'],
    [['1'], "calibrate: errors: expected numbers of at least 0, got '1' at index 0"],
    [7, 'calibrate: errors: expected a list of numbers, got 7'],
    [null, 'calibrate: errors: expected a list of numbers, got null'],
  ])('refuses %o', (errors, message) => {
    expect(() => calibrate(errors as number[])).toThrow(message)
  })
})
