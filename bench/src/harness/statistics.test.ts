import { key } from '@facet/tensor'
import { describe, expect, it } from 'vitest'
import { median, pairedRatio, quantile } from './statistics.ts'

describe('median', () => {
  it('is the middle number, or half way between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
  })

  it('leaves the order of its argument alone', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })

  it('refuses an empty list', () => {
    expect(() => median([])).toThrow('median: expected at least one number, got none')
  })
})

describe('quantile', () => {
  it('goes from the smallest to the largest, linear in between', () => {
    expect([0, 0.25, 0.5, 1].map((p) => quantile([10, 20, 30], p))).toEqual([10, 15, 20, 30])
  })
})

describe('pairedRatio', () => {
  const noise = key('noise').normalArray(40)

  it('is exact, interval and all, where noise hits both of a round alike', () => {
    const denominators = Array.from(noise, (x) => Math.exp(x))
    const numerators = denominators.map((x) => 2 * x)
    expect(pairedRatio(numerators, denominators)).toEqual({ value: 2, low: 2, high: 2 })
  })

  it('has an interval around the ratio that widens with noise', () => {
    const of = (spread: number) => {
      const numerators = Array.from({ length: 20 }, (_, i) => 3 * Math.exp(spread * noise[i]))
      const denominators = Array.from({ length: 20 }, (_, i) => Math.exp(spread * noise[20 + i]))
      return pairedRatio(numerators, denominators)
    }
    const [quiet, loud] = [of(0.01), of(0.3)]
    expect(quiet.low).toBeLessThan(quiet.value)
    expect(quiet.high).toBeGreaterThan(quiet.value)
    expect(quiet.low).toBeGreaterThan(2.9)
    expect(quiet.high).toBeLessThan(3.1)
    expect(loud.high - loud.low).toBeGreaterThan(10 * (quiet.high - quiet.low))
  })

  it('covers the true ratio in about 38 of 40 experiments', () => {
    const draws = key('coverage').normalArray(40 * 50)
    const covered = Array.from({ length: 40 }, (_, experiment) => {
      const at = (i: number) => Math.exp(0.1 * draws[experiment * 50 + i])
      const numerators = Array.from({ length: 25 }, (_, i) => 1.5 * at(i))
      const denominators = Array.from({ length: 25 }, (_, i) => at(25 + i))
      const { low, high } = pairedRatio(numerators, denominators)
      return low <= 1.5 && 1.5 <= high
    }).filter(Boolean).length
    expect(covered).toBeGreaterThanOrEqual(35)
  })

  it('takes rounds in which both took part', () => {
    expect(pairedRatio([6, undefined, 8, 100], [3, 1, 4, undefined]).value).toBe(2)
  })

  it('gives the same interval for the same numbers', () => {
    const [a, b] = [Array.from(noise.slice(0, 20), Math.exp), Array.from(noise.slice(20), Math.exp)]
    expect(pairedRatio(a, b)).toEqual(pairedRatio(a, b))
  })
})
