import { tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { startEngine } from '../../engine.ts'
import { latentGrid } from './distance.ts'

beforeAll(() => startEngine())

it('covers the box of the codes and its margin, the last coordinate fastest', () => {
  const codes = tensor([
    [0, 20],
    [10, 10],
    [4, 12],
  ])
  expect(latentGrid(codes, 0.1, 3).toArray()).toEqual([
    [-1, 9],
    [-1, 15],
    [-1, 21],
    [5, 9],
    [5, 15],
    [5, 21],
    [11, 9],
    [11, 15],
    [11, 21],
  ])
})

it('is a column for one coordinate', () => {
  expect(latentGrid(tensor([[2], [4]]), 0, 5).toArray()).toEqual([[2], [2.5], [3], [3.5], [4]])
})
