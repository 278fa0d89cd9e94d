import { init } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { saidOf } from '../testing/streams.ts'

beforeAll(() => init())

const rows = 2000

test('of 2,000 streams of 2,000 rows in which nothing changes at most 1 % are ever said to have changed', () => {
  for (const calibrating of [50, 400]) {
    const { early } = saidOf(2000, { calibrating, rows, change: rows, factor: 1, deviation: 1 })
    console.log(`${calibrating} calibrating errors: said changed in ${100 * early} %`)
    expect(early).toBeLessThanOrEqual(0.01)
  }
})

test('a change of errors by half is said, and how soon', () => {
  for (const deviation of [0.4, 1]) {
    for (const change of [0, 500, 1500]) {
      const result = saidOf(500, { calibrating: 400, rows, change, factor: 1.5, deviation })
      console.log(
        `logarithms with deviation ${deviation}, change at ${change}: said after ${result.rows} rows, in ${100 * result.said} %`,
      )
      expect(result.early).toBeLessThan(0.02)
      expect(result.said).toBeGreaterThan(0.95)
      expect(result.rows).toBeLessThan(deviation < 1 ? 60 : 250)
    }
  }
})
