import { expect, it } from 'vitest'
import { roundTogether, significant } from './round.ts'

it('keeps so many significant digits', () => {
  expect([significant(123456, 3), significant(0.00012345, 3), significant(0, 5)]).toEqual([
    123000, 0.000123, 0,
  ])
})

it('rounds values to one step: digits of the largest', () => {
  expect(roundTogether([[1.23456, 0.0004], [-9.87654]], 4)).toEqual([[1.235, 0], [-9.877]])
  expect(roundTogether([[123456, 7]], 3)).toEqual([[123000, 0]])
  expect(roundTogether([[0, 0]], 4)).toEqual([[0, 0]])
  expect(JSON.stringify(roundTogether([[0.123456789]], 4))).toBe('[[0.1235]]')
})
