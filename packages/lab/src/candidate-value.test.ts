import { expect, it } from 'vitest'
import { byNumber, hasAmplitude, isWithoutAmplitude, numberOf } from './candidate-value.ts'

it('reads the number of a value, and whether samples swell', () => {
  expect([1.5, '1.5 without amplitude', '0.75 without amplitude', 0].map(numberOf)).toEqual([
    1.5, 1.5, 0.75, 0,
  ])
  expect([1.5, '1.5 without amplitude'].map(hasAmplitude)).toEqual([true, false])
})

it('knows no other words', () => {
  const others = [
    '1.5',
    '1.5 without',
    'without amplitude',
    '-1 without amplitude',
    '1e3 without amplitude',
    1.5,
    null,
  ]
  expect(others.map(isWithoutAmplitude)).toEqual(others.map(() => false))
  expect(isWithoutAmplitude('1.5 without amplitude')).toBe(true)
})

it('sorts from the smallest, without amplitude after with it', () => {
  const values = ['1.5 without amplitude', 3, 1.5, '0.75 without amplitude']
  expect(values.sort(byNumber)).toEqual(['0.75 without amplitude', 1.5, '1.5 without amplitude', 3])
})
