import { describe, expect, it } from 'vitest'
import { densityOf } from './density.ts'
import { placeOf } from './place.ts'

const place = placeOf({ s: [0, 1], t: [0, 1] }, 100, 100)

describe('the density of samples', () => {
  it('is largest where they are, and the same to both sides', () => {
    const { values } = densityOf(Float32Array.of(0.525, 0.525), place, 20, 20)
    const at = (i: number, j: number) => values[j * 20 + i]
    // t grows upwards, rows go down.
    expect(at(10, 9)).toBe(1)
    for (let d = 1; d < 7; d++) {
      expect(at(10 + d, 9)).toBeCloseTo(at(10 - d, 9), 6)
      expect(at(10, 9 + d)).toBeCloseTo(at(10 + d, 9), 6)
      expect(at(10 + d, 9)).toBeLessThan(at(10 + d - 1, 9))
    }
    expect(at(17, 9)).toBe(0)
  })

  it('is spread as three means over five cells spread it', () => {
    const { values } = densityOf(Float32Array.of(0.5025, 0), place, 200, 1)
    const wanted = [1, 3, 6, 10, 15, 18, 19, 18, 15, 10, 6, 3, 1]
    wanted.forEach((value, i) => expect(values[94 + i]).toBeCloseTo(value / 19, 6))
    expect(values.filter((value) => value > 0).length).toBe(wanted.length)
  })

  it('leaves out what is not seen', () => {
    const { values } = densityOf(Float32Array.of(0.001, 0, 5, 0, -3, 0), place, 50, 1)
    expect(values.findLastIndex((value) => value > 0)).toBe(6)
    expect(densityOf(Float32Array.of(5, 5), place, 8, 8).values.every((value) => value === 0)).toBe(true)
  })
})
