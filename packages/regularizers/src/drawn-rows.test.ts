import { init, key } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { drawnRows } from './drawn-rows.ts'

beforeAll(() => init())

it.each([1, 3, 2 ** 24, 2 ** 24 + 1, 2 ** 30])('draws rows below %d, odd ones as well', (bound) => {
  const rows = drawnRows(key('rows'), 2000, bound, 'float32').toArray() as number[]
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...rows)).toBeLessThan(bound)
  if (bound > 1)
    expect(rows.filter((row) => row % 2 === 1).length / 2000).toBeCloseTo(bound === 3 ? 1 / 3 : 1 / 2, 1)
})
