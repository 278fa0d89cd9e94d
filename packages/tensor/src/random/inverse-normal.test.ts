import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inverseNormal } from './inverse-normal.ts'

describe('inverseNormal', () => {
  it('gives the tabulated quantiles', () => {
    // By 30-digit arithmetic on erf and erfc.
    const quantiles = [
      [0.5, 0],
      [0.75, 0.6744897501960817],
      [0.975, 1.959963984540054],
      [0.999, 3.090232306167813],
      [1e-9, -5.9978070150076865],
      [1e-12, -7.034483825301132],
      [2 ** -53, -8.209536151601387],
    ] as const
    for (const [p, z] of quantiles)
      expect(Math.abs(inverseNormal(p) - z)).toBeLessThanOrEqual(1e-15 * Math.abs(z))
  })

  it('is odd about one half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 - 1 }), (k) => {
        expect(inverseNormal(1 - k * 2 ** -53)).toBe(-inverseNormal(k * 2 ** -53))
      }),
    )
  })

  it('joins its three pieces without a jump', () => {
    for (const p of [0.075, Math.exp(-25)]) {
      const step = inverseNormal(p * (1 + 2 ** -50)) - inverseNormal(p * (1 - 2 ** -50))
      // The slope p / φ(z) is at most 0.53 here, so the true step is below 1e-15; z has ulps of up to 9e-16.
      expect(Math.abs(step)).toBeLessThan(6e-15)
    }
  })
})
