import { expect, test } from 'vitest'
import { cellAt, cellColour, largestOf, matrixPixels, sideOf, signColours } from './matrix-cells.ts'

test('the largest number is opaque, others as much as they are parts of it, and signs have their colours', () => {
  const pixels = matrixPixels([2, -1, 0])
  expect([...pixels.subarray(0, 4)]).toEqual([...signColours.above, 255])
  expect([...pixels.subarray(4, 8)]).toEqual([...signColours.below, 128])
  expect(pixels[11]).toBe(0)
})

test('a matrix of zeros is clear', () => {
  expect([...matrixPixels([0, 0])].filter((_, i) => i % 4 === 3)).toEqual([0, 0])
  expect(cellColour(0, 0)).toBe('rgb(204 96 24 / 0.000)')
})

test('under numbers colours are half as strong', () => {
  expect(cellColour(-3, 3)).toBe('rgb(58 114 216 / 0.500)')
  expect(largestOf([1, -3, 2])).toBe(3)
})

test('sides have whole pixels for each cell as long as they fit, are never thinner than a finger can find nor wider than the card', () => {
  expect([1, 3, 64, 128, 512].map(sideOf)).toEqual([16, 48, 192, 128, 192])
})

test('the cell under a place is found, at the far edge the last one', () => {
  expect(cellAt(0.51, 0.1, 3, 4)).toEqual({ row: 0, column: 2 })
  expect(cellAt(1, 1, 3, 4)).toEqual({ row: 2, column: 3 })
  expect(cellAt(-0.1, 0.99, 3, 4)).toEqual({ row: 2, column: 0 })
})
