import { expect, it } from 'vitest'
import { compare } from './compare.ts'

it('compares run by run: difference, wins, and whether the means are farther apart than the spread', () => {
  const errors = [0.1, 0.2, 0.3]
  const other = [0.4, 0.45, 0.2]
  const compared = compare(errors, other)!
  expect(compared.difference).toBeCloseTo(-0.15, 12)
  expect(compared.relative).toBeCloseTo(-0.15 / 0.35, 12)
  // Of -0.3, -0.25 and 0.1.
  expect(compared.spread).toBeCloseTo(Math.sqrt((0.15 ** 2 + 0.1 ** 2 + 0.25 ** 2) / 2), 12)
  expect([compared.wins, compared.runs]).toEqual([2, 3])
  // The larger spread is 0.132, that of the others.
  expect(compared.beyondSpread).toBe(true)
  expect(compare([0.1, 0.4], [0.2, 0.4])!.beyondSpread).toBe(false)
})

it('claims no spread of one run', () => {
  expect(compare([0.1], [0.2])).toMatchObject({ spread: null, beyondSpread: null, wins: 1, runs: 1 })
})

it('compares nothing where a run is missing', () => {
  expect(compare([], [])).toBeNull()
  expect(compare([0.1], [])).toBeNull()
  expect(compare([0.1], [0.1, 0.2])).toBeNull()
})
