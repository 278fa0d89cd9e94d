import { expect, it } from 'vitest'
import { holm, leastP, pairedT, signFlip, wilcoxonSignedRank } from './paired-tests.ts'

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

/** Twelve differences of sizes that all differ, and twelve with ties and a zero. */
const apart = [-0.12, -0.05, 0.03, -0.2, -0.07, 0.01, -0.15, -0.02, -0.09, 0.06, -0.11, -0.04]
const tied = [-2, -1, 1, -3, -3, 2, -5, 0, -4, 1, -6, -6]

it('flips the signs of up to 20 differences', () => {
  // Counted by Python over itertools.product((1, -1), repeat=12): 78 and 128 of 4,096.
  expect(signFlip(apart)).toBe(78 / 4096)
  expect(signFlip(tied)).toBe(128 / 4096)
  expect(signFlip(Array.from({ length: 20 }, (_, i) => 1 + i))).toBe(leastP(20))
  expect(signFlip(new Array(21).fill(1))).toBe(null)
})

it('has Wilcoxon’s exact p, ties by mean ranks and zeros left out', () => {
  // Counted by Python over all sign patterns of ranks as fractions: 86 of 4,096, and 62 of the 2,048 patterns of the eleven that are not 0.
  expect(wilcoxonSignedRank(apart)).toBe(86 / 4096)
  expect(wilcoxonSignedRank(tied)).toBe(62 / 2048)
  expect(wilcoxonSignedRank([-1, -2, -3, -4, -5])).toBe(leastP(5))
  expect(wilcoxonSignedRank([1, -1])).toBe(1)
  expect([wilcoxonSignedRank([]), wilcoxonSignedRank([0, 0])]).toEqual([null, null])
})

it('corrects p-values for their number by Holm’s method', () => {
  // Holm (1979): of 0.01, 0.02, 0.03 and 0.005 the smallest is multiplied by 4, the next by 3; none comes out below a smaller one.
  expect(holm([0.01, 0.02, 0.03, 0.005])).toEqual([0.03, 0.04, 0.04, 0.02])
  expect(holm([0.5, null, 0.6])).toEqual([1, null, 1])
  expect(holm([])).toEqual([])
})
