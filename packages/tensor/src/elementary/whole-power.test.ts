import { expect, it } from 'vitest'
import { wholePower } from './whole-power.ts'

it('is exact where all products are whole', () => {
  expect([0, 1, 2, 7, 33].map((n) => wholePower(3, n))).toEqual([1, 3, 9, 2187, 5559060566555523])
  expect([wholePower(0, 0), wholePower(0, 5), wholePower(-2, 3)]).toEqual([1, 0, -8])
})

it('agrees with ** to 2⁻⁵² of the exponent, as far as the decays of moments go', () => {
  for (const base of [0.5, 0.9, 0.999, 0.99999]) {
    for (let n = 1; n <= 100_000 && base ** n > 1e-300; n = Math.ceil(n * 1.1)) {
      expect(Math.abs(wholePower(base, n) / base ** n - 1)).toBeLessThanOrEqual(n * 2 ** -52)
    }
  }
})
