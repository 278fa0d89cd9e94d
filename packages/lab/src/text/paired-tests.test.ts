import { expect, it } from 'vitest'
import { holm, pairedT, signFlip } from './paired-tests.ts'

it('knows Student’s t of paired differences', () => {
  // The sleep data of Student (1908): t = 4.0621 at 9 degrees of freedom, p = 0.002833.
  const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
  expect(pairedT(sleep)).toBeCloseTo(0.002833, 6)
  expect(pairedT(sleep.map((d) => -d))).toBe(pairedT(sleep))
  expect(pairedT([1, -1])).toBe(1)
})

it('has no t where nothing varies or is paired', () => {
  expect([pairedT([1]), pairedT([]), pairedT([2, 2, 2])]).toEqual([null, null, null])
})

it('counts all patterns of signs: 2 of 2^8 where all differences have one sign', () => {
  expect(signFlip([1, 2, 3, 4, 5, 6, 7, 8])).toBe(2 / 256)
  // Of ± 1 ± 2 ± 3 only + + + and − − − are as far as 6, and those two and ± (−1 + 2 + 3) as far as 4.
  expect(signFlip([1, 2, 3])).toBe(2 / 8)
  expect(signFlip([-1, 2, 3])).toBe(4 / 8)
  expect(signFlip([0.1, 0.2, -0.3])).toBe(1)
  expect(signFlip([])).toBe(null)
})

it('corrects p-values for their number by Holm’s method', () => {
  // Holm (1979): of 0.01, 0.02, 0.03 and 0.005 the smallest is multiplied by 4, the next by 3; none comes out below a smaller one.
  expect(holm([0.01, 0.02, 0.03, 0.005])).toEqual([0.03, 0.04, 0.04, 0.02])
  expect(holm([0.5, null, 0.6])).toEqual([1, null, 1])
  expect(holm([])).toEqual([])
})
