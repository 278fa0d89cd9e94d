import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpolate } from './interpolate.ts'

const gap = Number.NaN

/** Each missing value by itself: the nearest ones on both sides, found by looking. */
function naive(values: readonly number[]): number[] {
  return values.map((value, k) => {
    if (!Number.isNaN(value)) return value
    const left = values.findLastIndex((other, i) => i < k && !Number.isNaN(other))
    const right = values.findIndex((other, i) => i > k && !Number.isNaN(other))
    if (left < 0 && right < 0) return gap
    if (left < 0) return values[right]
    if (right < 0) return values[left]
    return values[left] + (values[right] - values[left]) * ((k - left) / (right - left))
  })
}

const holey = fc.array(fc.oneof(fc.constant(gap), fc.integer({ min: -50, max: 50 })), {
  minLength: 1,
  maxLength: 30,
})

describe('interpolate', () => {
  it('puts missing values on the line between their neighbours, at the ends the nearest', () => {
    const values = new Float64Array([gap, 1, gap, gap, 4, gap])
    expect(interpolate(values, 0, 6)).toBe(4)
    expect([...values]).toEqual([1, 1, 2, 3, 4, 4])
  })

  it('goes by time where rows have one, and by rows where they share it', () => {
    const values = new Float64Array([gap, 0, gap, gap, 10, gap, 20, gap])
    interpolate(values, 0, 8, 1, [0, 1, 2, 9, 11, 11, 11, 50])
    expect([...values]).toEqual([0, 0, 1, 8, 10, 15, 20, 20])
  })

  it('leaves alone what has no value, and says that nothing was filled', () => {
    const values = new Float64Array([gap, gap])
    expect(interpolate(values, 0, 2)).toBe(0)
    expect([...values]).toEqual([gap, gap])
  })

  it('agrees with looking for the neighbours of each, in any column of a table', () => {
    fc.assert(
      fc.property(holey, fc.integer({ min: 1, max: 3 }), (series, stride) => {
        const values = new Float64Array(series.length * stride + 1).fill(7)
        series.forEach((value, k) => void (values[1 + k * stride] = value))
        const filled = interpolate(values, 1, series.length, stride)
        const expected = naive(series)
        expected.forEach((value, k) => {
          const found = values[1 + k * stride]
          if (Number.isNaN(value)) expect(found).toBeNaN()
          else expect(found).toBeCloseTo(value, 12)
        })
        const left = expected.filter(Number.isNaN).length
        expect(filled).toBe(series.filter(Number.isNaN).length - left)
        // What lies between the columns is as it was.
        expect(values.every((value, i) => (i - 1) % stride === 0 || value === 7)).toBe(true)
      }),
    )
  })

  it('keeps a flat series flat to the last digit', () => {
    const values = new Float64Array([0.1, gap, gap, gap, 0.1])
    interpolate(values, 0, 5)
    expect([...values]).toEqual([0.1, 0.1, 0.1, 0.1, 0.1])
  })
})
