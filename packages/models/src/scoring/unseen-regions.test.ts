import { init, key } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { unseenRegions } from './unseen-regions.ts'

beforeAll(() => init())

test('rows in regions without a training row are counted, and training rows alone in theirs', () => {
  expect(unseenRegions([7, 7, 3, 9], [0, 4, 0, 1, 2])).toEqual({ share: 3 / 5, expected: 2 / 4 })
  expect(unseenRegions([], [])).toEqual({ share: Number.NaN, expected: Number.NaN })
  expect(() => unseenRegions(null as never, [])).toThrow('unseenRegions: trained: expected a list of numbers')
})

test('what is expected is what comes, on average, of rows drawn alike', () => {
  // Regions of very different sizes: the integer part of 1 / u.
  const draws = key(1).uniform([400, 60], { low: 1e-6, high: 1 }).toArray() as number[][]
  let [share, expected] = [0, 0]
  for (const row of draws) {
    const regions = row.map((u) => Math.floor(1 / u))
    const [trained, asked] = [regions.slice(0, 40), regions.slice(40)]
    const found = unseenRegions(
      trained,
      asked.map((region) => Number(!trained.includes(region))),
    )
    share += found.share / draws.length
    expected += found.expected / draws.length
  }
  expect(Math.abs(share - expected)).toBeLessThan(0.02)
  expect(share).toBeGreaterThan(0.1)
})
