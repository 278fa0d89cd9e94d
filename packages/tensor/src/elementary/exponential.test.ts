import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exponential } from './exponential.ts'

it('agrees with Math.exp to 2.3e-16 relative over all results that are normal numbers', () => {
  fc.assert(
    fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(2.3e-16)
    }),
    { numRuns: 2000 },
  )
})

it('is 1 at 0, and keeps its accuracy beside it', () => {
  expect([exponential(0), exponential(-0)]).toEqual([1, 1])
  for (let k = 1; k <= 60; k++) {
    for (const x of [2 ** -k, -(2 ** -k)]) {
      expect(Math.abs(exponential(x) - Math.exp(x))).toBeLessThanOrEqual(2.3e-16)
    }
  }
})

it('ends where the numbers end', () => {
  expect([709.78, -744, -745.13].map((x) => exponential(x) / Math.exp(x))).toEqual([1, 1, 1])
  expect([709.8, -746].map(exponential)).toEqual([Number.POSITIVE_INFINITY, 0])
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(exponential)).toEqual([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    0,
  ])
})

it('gives these bits, on whatever engine it runs', () => {
  const bits = (x: number) => new BigUint64Array(Float64Array.of(x).buffer)[0].toString(16)
  expect([1, -0.3, -20].map((x) => bits(exponential(x)))).toEqual([
    '4005bf0a8b145769',
    '3fe7b4c869c37c05',
    '3e21b48655f37267',
  ])
})
