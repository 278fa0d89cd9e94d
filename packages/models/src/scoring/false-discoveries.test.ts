import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { logNormalErrors } from '../testing/random-errors.ts'
import { calibrate } from './calibration.ts'
import { falseDiscoveries } from './false-discoveries.ts'
import { pValues } from './p-values.ts'

beforeAll(() => init())

describe('false discoveries', () => {
  test('are those of Benjamini and Hochberg: up to the last p-value below its line', () => {
    expect([...falseDiscoveries([0.03, 0.005, 0.9, 0.02], 0.05)]).toEqual([1, 1, 0, 1])
    expect([...falseDiscoveries([0.03, 0.03, 0.03, 0.9], 0.05)]).toEqual([1, 1, 1, 0])
    expect([...falseDiscoveries([0.05, Number.NaN], 0.05)]).toEqual([1, 0])
    expect([...falseDiscoveries([], 0.05)]).toEqual([])
  })

  test('name the same as a comparison of every rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (p, q) => {
          const named = (value: number) =>
            p.some((other) => {
              const rank = p.filter((one) => one <= other).length
              return value <= other && other <= (rank / p.length) * q
            })
          expect([...falseDiscoveries(p, q)]).toEqual(p.map((value) => Number(named(value))))
        },
      ),
    )
  })

  test('are on average at most the share q of what is named, with p-values that share their calibrating rows', () => {
    const [n, normal, odd, repeats, q] = [400, 45, 5, 300, 0.2]
    let [share, found] = [0, 0]
    for (const errors of logNormalErrors(5, repeats, n + normal + odd)) {
      const asked = errors.slice(n).map((error, i) => (i < odd ? error * 1e3 : error))
      const named = falseDiscoveries(pValues(calibrate(errors.subarray(0, n)), asked), q)
      const wrong = named.subarray(odd).reduce((sum, one) => sum + one, 0)
      const right = named.subarray(0, odd).reduce((sum, one) => sum + one, 0)
      share += wrong / Math.max(1, wrong + right) / repeats
      found += right / odd / repeats
    }
    // Its expectation is at most q · 45/50 = 0.18; its deviation over 300 draws is below 0.02.
    expect(share).toBeLessThan(q)
    expect(share).toBeGreaterThan(0.1)
    expect(found).toBeGreaterThan(0.9)
  })

  test.each([
    [[0.1, 1.1], 0.1, 'falseDiscoveries: p: expected numbers between 0 and 1, got 1.1 at index 1'],
    [[-0.1], 0.1, 'falseDiscoveries: p: expected numbers between 0 and 1, got -0.1 at index 0'],
    [[0.1], 1, 'falseDiscoveries: q: expected a number above 0 and below 1, got 1'],
    ['0.1', 0.1, "falseDiscoveries: p: expected a list of numbers, got '0.1'"],
  ])('refuse %o at %o', (p, q, message) => {
    expect(() => falseDiscoveries(p as number[], q)).toThrow(message)
  })
})
