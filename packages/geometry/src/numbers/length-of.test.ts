import { expect, it } from 'vitest'
import { lengthOf } from './length-of.ts'

it('is the Euclidean length, from one end of the numbers to the other', () => {
  expect(lengthOf([])).toBe(0)
  expect(lengthOf([3, -4])).toBe(5)
  expect(lengthOf(Float64Array.of(0, 0))).toBe(0)
  for (const exponent of [-1074, -1000, -300, 300, 1020])
    expect(lengthOf([3 * 2 ** exponent, 4 * 2 ** exponent])).toBe(5 * 2 ** exponent)
})

it('of what is not finite is not finite', () => {
  expect(lengthOf([1, Infinity])).toBe(Infinity)
  expect(lengthOf([Number.NaN, 1])).toBeNaN()
  expect(lengthOf([1, Number.NaN, 5])).toBeNaN()
})
