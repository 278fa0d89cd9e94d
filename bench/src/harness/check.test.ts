import { expect, it } from 'vitest'
import { deviation } from './check.ts'

it('accepts what is within the tolerance of the largest number', () => {
  expect(deviation([100, 1.5], [100, 1], 0.005)).toBeNull()
})

it('names the number that is furthest off', () => {
  const found = deviation([100, 3], [100, 1], 0.01)
  expect(found?.relative).toBe(0.02)
  expect(found?.message).toBe('number 1: expected 1, got 3 (off by 2.0e-2 of the largest)')
})

it('gives every group a scale of its own', () => {
  expect(deviation([100, 0.1, 90, 0.3], [100, 0.1, 90, 0.2], 0.01)).toBeNull()
  expect(deviation([100, 0.1, 90, 0.3], [100, 0.1, 90, 0.2], 0.01, (i) => i % 2)?.relative).toBeCloseTo(
    0.5,
    12,
  )
})

it('refuses NaN', () => {
  expect(deviation([1, Number.NaN], [1, 1], 0.5)?.relative).toBe(Number.POSITIVE_INFINITY)
})

it('refuses another count of numbers', () => {
  expect(deviation([1], [1, 1], 0.5)?.message).toBe('expected 2 numbers, got 1')
})
