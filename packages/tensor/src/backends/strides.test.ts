import { expect, it } from 'vitest'
import { broadcastSteps, mergeAxes } from './strides.ts'

it('axes that lie evenly in every operand are one', () => {
  expect(mergeAxes([2, 3, 4], [[12, 4, 1]])).toEqual({ lengths: [24], strides: [[1]] })
  expect(
    mergeAxes(
      [2, 3, 4],
      [
        [12, 4, 1],
        [0, 4, 1],
      ],
    ),
  ).toEqual({
    lengths: [2, 12],
    strides: [
      [12, 1],
      [0, 1],
    ],
  })
})

it('a stretched axis has no step', () => {
  expect(broadcastSteps([3, 1, 5], [2, 3, 4, 5])).toEqual([0, 5, 0, 1])
  expect(broadcastSteps([3, 4], [3, 4], 8)).toEqual([32, 8])
})
