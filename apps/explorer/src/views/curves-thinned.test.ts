import { expect, test } from 'vitest'
import { thinned } from './curves-thinned.ts'

test('of each column of pixels the first, lowest, highest and last point are kept, in their order', () => {
  const y = [5, 9, 1, 4, 6, 7, 3]
  const x = [0, 0.2, 0.4, 0.9, 1, 1.5, 1.9]
  const kept = thinned(
    y.length,
    (i) => x[i],
    (i) => y[i],
  )
  expect(kept).toEqual([
    [0, 5],
    [0.2, 9],
    [0.4, 1],
    [0.9, 4],
    [1, 6],
    [1.5, 7],
    [1.9, 3],
  ])
})

test('many points become four a column and keep their extremes', () => {
  const y = (i: number) => Math.sin(i * 12.9898) * (i === 4321 ? 50 : 1)
  const kept = thinned(10_000, (i) => i / 100, y)
  expect(kept.length).toBeGreaterThan(300)
  expect(kept.length).toBeLessThanOrEqual(400)
  expect(Math.max(...kept.map(([, value]) => Math.abs(value)))).toBe(Math.abs(y(4321)))
  expect(kept.map(([at]) => at)).toEqual(kept.map(([at]) => at).toSorted((a, b) => a - b))
})

test('points without a finite place are left out, and of one point there is one', () => {
  const y = [Number.NaN, 2, Number.POSITIVE_INFINITY]
  expect(
    thinned(
      3,
      (i) => i,
      (i) => y[i],
    ),
  ).toEqual([[1, 2]])
  expect(thinned(0, Number, Number)).toEqual([])
})
