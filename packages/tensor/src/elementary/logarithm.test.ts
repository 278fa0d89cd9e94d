import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logarithm } from './logarithm.ts'

describe('logarithm', () => {
  it('is exact at 1 and finds ln 2', () => {
    expect(logarithm(1)).toBe(0)
    expect(logarithm(2)).toBe(Math.LN2)
    expect(logarithm(0.5)).toBe(-Math.LN2)
  })

  it('agrees with Math.log to 1e-15 relative over all normal numbers', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1022, noDefaultInfinity: true, noNaN: true }), (x) => {
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.abs(Math.log(x)))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps its relative accuracy where the logarithm is nearly 0', () => {
    for (let k = 1; k <= 52; k++) {
      for (const x of [1 + 2 ** -k, 1 - 2 ** -k]) {
        expect(Math.abs(logarithm(x) / Math.log(x) - 1)).toBeLessThan(1e-15)
      }
    }
  })

  it('is continuous where the mantissa is halved', () => {
    const above = Math.SQRT2 * (1 + Number.EPSILON)
    expect(logarithm(above) - logarithm(Math.SQRT2)).toBeGreaterThanOrEqual(0)
    expect(logarithm(above) - logarithm(Math.SQRT2)).toBeLessThan(1e-15)
  })
})
