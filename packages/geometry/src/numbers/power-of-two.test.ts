import { init, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { powerOfTwo } from './power-of-two.ts'

beforeAll(() => init())

const dtypes = ['float32', 'float64'] as const

it.each(dtypes)('is the power of two at or below every number in reach, in %s', (dtype) => {
  const reach = dtype === 'float32' ? 100 : 900
  const round = dtype === 'float32' ? Math.fround : (x: number) => x
  const number = fc
    .tuple(
      fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }),
      fc.integer({ min: -reach, max: reach - 1 }),
    )
    .map(([mantissa, exponent]) => round(mantissa) * 2 ** exponent)
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (numbers) => {
      const powers = powerOfTwo(tensor(numbers, { dtype })).toArray() as number[]
      numbers.forEach((x, n) => {
        expect(Math.log2(powers[n])).toBe(Math.floor(Math.log2(powers[n])))
        expect(powers[n] <= x && x < 2 * powers[n]).toBe(true)
      })
    }),
  )
})

it.each(dtypes)('has an inverse that is a number for every magnitude, in %s', (dtype) => {
  const [tiny, largest] = dtype === 'float32' ? [2 ** -149, 3.4e38] : [5e-324, 1.7e308]
  const reach = dtype === 'float32' ? 2 ** 100 : 2 ** 900
  const powers = powerOfTwo(tensor([0, Number.NaN, tiny, largest, Infinity], { dtype })).toArray()
  expect(powers).toEqual([1, 1, 1 / reach, reach, reach])
})
