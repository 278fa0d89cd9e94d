import { expect, it } from 'vitest'
import { inOrderOf } from './in-order.ts'

it('finds come in the order of what is expected', () => {
  expect(inOrderOf([[3], [1], [2]], [[1], [2], [3]])).toEqual([[3], [1], [2]])
})

it('what has no counterpart takes the places that are left, and nothing is lost', () => {
  expect(inOrderOf([[3], [9], [2]], [[1], [2], [3]])).toEqual([[3], [1], [2]])
  expect(inOrderOf([[3]], [[1], [2], [3]])).toEqual([[3], [1], [2]])
  expect(inOrderOf([[3], [4], [5]], [[3]])).toEqual([[3]])
  expect(inOrderOf([[1], [1], [2]], [[1], [2], [2]])).toEqual([[1], [2], [2]])
})

it('what is no list is left alone', () => {
  expect(inOrderOf(undefined, [[1], [2]])).toEqual([[1], [2]])
})
