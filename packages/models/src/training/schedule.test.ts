import { describe, expect, it } from 'vitest'
import { constant, cosineDecay, stepDecay, warmup } from './schedule.ts'

describe('schedules', () => {
  it('constant leaves the learning rate alone', () => {
    expect([0, 5, 99].map((step) => constant()(step, 100))).toEqual([1, 1, 1])
  })

  it('cosineDecay follows half a cosine to rounding and ends at exactly 0', () => {
    const schedule = cosineDecay()
    for (let step = 0; step <= 100; step++) {
      expect(schedule(step, 100)).toBeCloseTo((1 + Math.cos((Math.PI * step) / 100)) / 2, 15)
    }
    expect(schedule(0, 100)).toBe(1)
    expect(schedule(100, 100)).toBe(0)
  })

  it('stepDecay multiplies once after every so many steps', () => {
    const schedule = stepDecay({ every: 3, factor: 0.5 })
    expect([0, 2, 3, 5, 6, 9].map((step) => schedule(step, 10))).toEqual([1, 1, 0.5, 0.5, 0.25, 0.125])
  })

  it('warmup grows to 1, then hands the steps that are left to the next schedule', () => {
    const schedule = warmup(4, cosineDecay())
    expect([0, 1, 2, 3].map((step) => schedule(step, 24))).toEqual([0.25, 0.5, 0.75, 1])
    expect(schedule(4, 24)).toBe(1)
    expect(schedule(14, 24)).toBe(cosineDecay()(10, 20))
  })

  it('refuses settings that mean nothing', () => {
    expect(() => warmup(0)).toThrow('warmup: steps: expected an integer of at least 1, got 0')
    expect(() => stepDecay({ every: 1.5, factor: 0.5 })).toThrow(
      'stepDecay: every: expected an integer of at least 1, got 1.5',
    )
    expect(() => stepDecay({ every: 2, factor: -1 })).toThrow(
      'stepDecay: factor: expected a finite number of at least 0, got -1',
    )
  })
})
