import { expect, test } from 'vitest'
import { nearest, showable, shownOf } from './curves-recorded.ts'

test('the newest step stands behind the recorded ones, once', () => {
  expect(showable([0, 10, 20], 25)).toEqual([0, 10, 20, 25])
  expect(showable([0, 10, 20], 20)).toEqual([0, 10, 20])
  expect(showable([], 0)).toEqual([0])
})

test('the nearest step is found, of two the earlier', () => {
  const steps = [0, 10, 20]
  expect([-5, 4, 5, 6, 14.9, 1000].map((wished) => nearest(steps, wished))).toEqual([0, 0, 0, 1, 1, 2])
})

test('the last of them is the newest, which is not held', () => {
  expect([-1, 0, 1, 2, 9].map((i) => shownOf([0, 10, 20], i))).toEqual([0, 0, 10, null, null])
})
