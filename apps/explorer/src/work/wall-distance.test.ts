import { Dense, Network } from '@facet/models'
import { identityActivation, init, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { medianWallDistance } from './wall-distance.ts'

beforeAll(() => init())

const lineAt = (x: number) =>
  new Network([
    new Dense({
      name: 'line',
      weight: tensor([[1, 0]]),
      bias: tensor([-x]),
      activation: reluActivation,
    }),
  ])

it('is the middle one of the distances to a line', () => {
  const samples = tensor([
    [1, 5],
    [2.25, -3],
    [-4, 0],
  ])
  expect(medianWallDistance(lineAt(2), samples)).toBe(1)
})

it('is of the first 128 samples, and null where there are no walls', () => {
  const near = Array.from({ length: 128 }, () => [2.5, 0])
  const far = Array.from({ length: 400 }, () => [9, 0])
  expect(medianWallDistance(lineAt(2), tensor([...near, ...far]))).toBe(0.5)
  const flat = new Network([
    new Dense({ name: 'flat', weight: tensor([[1, 0]]), bias: null, activation: identityActivation }),
  ])
  expect(medianWallDistance(flat, tensor([[1, 2]]))).toBe(null)
})
