import { expect, it } from 'vitest'
import { midRanks } from './mid-ranks.ts'
import { criticalDifference, friedman } from './ranks.ts'

/** Demšar (2006), Table 6: the area under the curve of four variants of C4.5 on 14 sets; 1 − it, so that the best has rank 1. */
const demsar = [
  [0.763, 0.768, 0.771, 0.798],
  [0.599, 0.591, 0.59, 0.569],
  [0.954, 0.971, 0.968, 0.967],
  [0.628, 0.661, 0.654, 0.657],
  [0.882, 0.888, 0.886, 0.898],
  [0.936, 0.931, 0.916, 0.931],
  [0.661, 0.668, 0.609, 0.685],
  [0.583, 0.583, 0.563, 0.625],
  [0.775, 0.838, 0.866, 0.875],
  [1, 1, 1, 1],
  [0.94, 0.962, 0.965, 0.962],
  [0.619, 0.666, 0.614, 0.669],
  [0.972, 0.981, 0.9751, 0.975],
  [0.957, 0.978, 0.946, 0.97],
].map((row) => row.map((area) => 1 - area))

it('gives equal values the mean of their ranks', () => {
  expect(midRanks([3, 1, 2])).toEqual([3, 1, 2])
  expect(midRanks([2, 1, 2, 5])).toEqual([2.5, 1, 2.5, 4])
  expect(midRanks([])).toEqual([])
})

it('has the mean ranks and the critical difference of Demšar’s example', () => {
  const { meanRanks } = friedman(demsar)
  expect(meanRanks.map((rank) => rank.toFixed(3))).toEqual(['3.143', '2.000', '2.893', '1.964'])
  expect(criticalDifference(4, 14)!.toFixed(2)).toBe('1.25')
})

it('knows Friedman’s p, ties corrected for', () => {
  // Computed apart, with Python: χ² from the ranks as fractions, divided by 1 − Σ(t³ − t) / (N k (k² − 1)), and its tail by the closed sums
  // for even and odd degrees of freedom: 10.2283 at 3 and 12.2689 at 4 degrees.
  expect(friedman(demsar).p).toBeCloseTo(0.016721580328, 8)
  const tied = [
    [0.4, 0.38, 0.41, 0.35, 0.37],
    [0.5, 0.44, 0.46, 0.4, 0.45],
    [0.3, 0.31, 0.29, 0.28, 0.33],
    [0.7, 0.6, 0.6, 0.5, 0.65],
    [0.22, 0.2, 0.21, 0.19, 0.18],
    [0.9, 0.8, 0.7, 0.75, 0.85],
  ]
  expect(friedman(tied).p).toBeCloseTo(0.015459708543, 8)
})

it('says nothing where nothing differs, and has no critical value beyond ten', () => {
  expect(friedman([[1, 1]])).toEqual({ meanRanks: [1.5, 1.5], p: null })
  expect(criticalDifference(10, 6)).toBeCloseTo(3.164 * Math.sqrt(110 / 36), 12)
  expect([criticalDifference(11, 6), criticalDifference(1, 6)]).toEqual([null, null])
})
