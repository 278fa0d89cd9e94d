import { expect, test } from 'vitest'
import { squaresPath, squaresSize } from './region-card-squares.ts'

test('every unit is a square in the path of its state', () => {
  expect(squaresPath([1, 0, 1], 1)).toBe('M0 0h8v8h-8zM18 0h8v8h-8z')
  expect(squaresPath([1, 0, 1], 0)).toBe('M9 0h8v8h-8z')
})

test('after 32 units a new line begins', () => {
  const states = new Int32Array(33)
  states[32] = 1
  expect(squaresPath(states, 1)).toBe('M0 9h8v8h-8z')
  expect([squaresSize(3), squaresSize(33)]).toEqual([
    { width: 26, height: 8 },
    { width: 287, height: 17 },
  ])
})
