import { expect, test } from 'vitest'
import { counted, listed, numberText, pointText } from './number-text.ts'

test.each([
  [0, '0'],
  [1, '1'],
  [-4, '−4'],
  [0.012345, '0.0123'],
  [-0.31, '−0.31'],
  [0.0001, '0.0001'],
  [99.96, '100'],
  [999.6, '1,000'],
  [12345.6, '12,346'],
  [3.24e-8, '3.24 × 10⁻⁸'],
  [-1e-12, '−10⁻¹²'],
  [2.5e12, '2.5 × 10¹²'],
  [Number.NaN, '–'],
  [Number.NEGATIVE_INFINITY, '–'],
])('%d is told as %s', (value, text) => {
  expect(numberText(value)).toBe(text)
})

test('fewer digits round more', () => {
  expect(numberText(0.0126, 2)).toBe('0.013')
  expect(numberText(3.26e-8, 1)).toBe('3 × 10⁻⁸')
})

test('things are counted with their plural', () => {
  expect([0, 1, 1500].map((count) => counted(count, 'region'))).toEqual([
    '0 regions',
    '1 region',
    '1,500 regions',
  ])
})

test('a point is told by both coordinates, lists end with an and', () => {
  expect(pointText({ s: 0.9, t: -0.4 })).toBe('(0.9, −0.4)')
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c'])
})
