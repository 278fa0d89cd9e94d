import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { logLogisticErrors, logNormalErrors } from '../testing/random-errors.ts'
import { alarmRule, alarms } from './alarms.ts'
import { calibrate } from './calibration.ts'
import { pValues } from './p-values.ts'

beforeAll(() => init())

const ties = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 30 })

describe('alarms', () => {
  test('are the rows with p ≤ α where the held-out rows can say so, to the last bit', () => {
    fc.assert(
      fc.property(
        ties,
        ties,
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        fc.integer({ min: 1, max: 29 }),
        (known, asked, drawn, k) => {
          const calibration = calibrate(known)
          const n = calibration.errors.length
          for (const alpha of [drawn, Math.min(k, n) / (n + 1)]) {
            const rule = alarmRule(calibration, alpha)
            expect(rule.kind === 'conformal').toBe(rule.smallestP <= alpha)
            if (rule.kind !== 'conformal') continue
            const small = Uint8Array.from(pValues(calibration, asked), (p) => Number(p <= alpha))
            expect(alarms(rule, asked)).toEqual(small)
          }
        },
      ),
    )
  })

  test('follow the logistic quantile above the median where α is below the smallest p', () => {
    const calibration = calibrate([1, 2, 3, 4, 5, 6, 7, 8])
    const rule = alarmRule(calibration, 0.01)
    expect(rule).toMatchObject({ kind: 'robust', alpha: 0.01, smallestP: 1 / 9 })
    const z = Math.log(99) / (1.4826 * Math.log(3))
    expect(Math.log(rule.threshold)).toBeCloseTo(calibration.centre + z * calibration.spread, 12)
    expect(alarmRule(calibration, 0.001).threshold).toBeGreaterThan(rule.threshold)
  })

  test.each([
    [40, 2],
    [58, 1.5],
    [90, 1.3],
  ])('of %i rows with logistic errors are on average hardly more than α', (n, most) => {
    const repeats = 1000
    let share = 0
    for (const errors of logLogisticErrors(n, repeats, n)) {
      // P(e > t) of such errors is 1 / (1 + t).
      share += 1 / (1 + alarmRule(calibrate(errors), 0.01).threshold) / repeats
    }
    expect(share / 0.01).toBeLessThan(most)
    expect(share / 0.01).toBeGreaterThan(0.8)
  })

  test('are not moved by a few odd rows', () => {
    const errors = [...logNormalErrors(4, 1, 58)[0]]
    const { threshold } = alarmRule(calibrate(errors), 0.01)
    const spoiled = alarmRule(calibrate([...errors.slice(3), 1e3, 1e4, Infinity]), 0.01)
    // Its logarithm moves by less than a spread, which is about 1; that of the largest error moves by 9.
    expect(Math.log(spoiled.threshold / threshold)).toBeLessThan(1)
  })

  test('are none without rows to go by, and of errors that are NaN', () => {
    for (const errors of [[], [1], [1, 2]]) {
      const rule = alarmRule(calibrate(errors), 0.01)
      expect([rule.kind, rule.threshold]).toEqual(['none', Infinity])
      expect([...alarms(rule, [1e300, Infinity])]).toEqual([0, 0])
    }
    expect(alarmRule(calibrate([1, 1, 1]), 0.01)).toMatchObject({ kind: 'robust', threshold: 1 })
    expect([...alarms(alarmRule(calibrate([1, 2, 3]), 0.3), [Number.NaN, 9])]).toEqual([0, 1])
  })

  test.each([0, 1, -0.1, Number.NaN, '0.1', undefined])('refuse α = %o', (alpha) => {
    expect(() => alarmRule(calibrate([1, 2]), alpha as number)).toThrow(
      'alarmRule: alpha: expected a number above 0 and below 1, got',
    )
  })
})
