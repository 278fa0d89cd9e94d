import { describe } from '@facet/tensor/checks'
import { ascendingOf, expectNumbers, expectShare, type Numbers } from './errors.ts'

/**
 * Which rows of a file are odd, so that of those that are named at most the share q is named wrongly, on average (Benjamini and Hochberg, 1995): with m
 * p-values in ascending order, those up to the last one that is at most k q / m. Conformal p-values share their calibrating errors, under which this still holds
 * (Bates et al., 2023). With n calibrating rows p is at least 1 / (n + 1): of m rows fewer than m / (q (n + 1)) odd ones cannot be found.
 *
 * @param p of every row; NaN, a row without an error, is never named and is not among the m
 * @param q above 0 and below 1
 * @returns 1 for the rows that are named
 * @throws TypeError or RangeError for p-values outside of [0, 1], or another q.
 * @example
 * falseDiscoveries([0.01, 0.9, 0.02, 0.5, NaN], 0.05) // [1, 0, 1, 0, 0]
 */
export function falseDiscoveries(p: Numbers, q: number): Uint8Array {
  expectShare('falseDiscoveries', 'q', q)
  expectNumbers('falseDiscoveries', 'p', p)
  for (let i = 0; i < p.length; i++) {
    if (typeof p[i] === 'number' && !(p[i] < 0 || p[i] > 1)) continue
    throw new RangeError(
      `falseDiscoveries: p: expected numbers between 0 and 1, got ${describe(p[i])} at index ${i}`,
    )
  }
  const ascending = ascendingOf(p)
  const m = ascending.length
  const last = ascending.findLastIndex((value, i) => value <= ((i + 1) / m) * q)
  const largest = last < 0 ? -1 : ascending[last]
  return Uint8Array.from(p, (value) => Number(value <= largest))
}
