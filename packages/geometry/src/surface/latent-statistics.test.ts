import {
  absActivation,
  identityActivation,
  init,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { networkOf } from '../testing/plain-network.ts'
import { liveUnits, totalVariance } from './latent-statistics.ts'

beforeAll(() => init())

it('gives the mean squared distance from the mean', () => {
  const points = tensor(
    [
      [1, 10],
      [3, 10],
      [1, 14],
      [3, 14],
    ],
    { dtype: 'float64' },
  )
  expect(totalVariance(points).item()).toBe(5)
  expect(
    totalVariance(
      tensor([
        [4, 4],
        [4, 4],
      ]),
    ).item(),
  ).toBe(0)
})

it('finds no variance in nothing', () => {
  expect(() => totalVariance(tensor([1, 2]))).toThrow(
    'totalVariance: expected points [N, d] with N ≥ 1, got float32 [2]',
  )
  expect(() => totalVariance(tensor(new Float32Array(0), { shape: [0, 2] }))).toThrow('got float32 [0, 2]')
})

it('calls a ReLU unit dead that is off for all samples, and no unit of another activation', () => {
  const x = tensor([[1], [2]], { dtype: 'float64' })
  const weight = [[1], [-1], [0]]
  const live = (activation: typeof reluActivation) => {
    const net = networkOf([{ weight, bias: [0, 1.5, 0], activation }])
    return liveUnits(net, net.regionCode(x)).toArray()
  }
  expect(live(reluActivation)).toEqual([1, 1, 0])
  expect(live(leakyReluActivation(0.1))).toEqual([1, 1, 1])
  expect(live(absActivation)).toEqual([1, 1, 1])
  expect(live(identityActivation)).toEqual([1, 1, 1])
})

it('looks at the last layer unless told otherwise', () => {
  const net = networkOf([
    { weight: [[1], [-1], [2]], bias: null, activation: reluActivation },
    {
      weight: [
        [-1, 0, 0],
        [0, 0, 1],
      ],
      bias: null,
      activation: reluActivation,
    },
  ])
  const code = net.regionCode(tensor([[1], [3]], { dtype: 'float64' }))
  expect(liveUnits(net, code).toArray()).toEqual([0, 1])
  expect(liveUnits(net, code, 0).toArray()).toEqual([1, 0, 1])
  expect(() => liveUnits(net, code, 2)).toThrow('liveUnits: expected a layer of 2, got 2')
})

/** x > 0 and x < 0. */
const twoSigns = { weight: [[1], [-1]], bias: null, activation: reluActivation }

it('finds dead units in front of a skip, behind it none, and passes over layers without states', () => {
  const square = {
    weight: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, -9],
    activation: reluActivation,
  }
  const net = networkOf([
    { kind: 'shift', by: [1] },
    twoSigns,
    { kind: 'residual', layers: [square], skip: null },
    {
      kind: 'residual',
      layers: [square],
      skip: [
        [0, 0],
        [0, 0],
      ],
    },
    { kind: 'maxPool', inputs: [1, 1, 2], size: [1, 2], stride: [1, 2], padding: [0, 0] },
    twoSigns,
  ])
  const code = net.regionCode(tensor([[1], [2]], { dtype: 'float64' }))
  const live = [0, 1, 2, 3, 4, 5].map((l) => liveUnits(net, code, l).toArray())
  expect(live).toEqual([[1], [1, 0], [1, 1], [1, 1], [1], [1, 0]])
  expect(liveUnits(net, code).toArray()).toEqual([1, 0])
})

it('asks for a code of the network', () => {
  const [one, other] = ['a', 'b'].map(() => networkOf([twoSigns]))
  const code = one.regionCode(tensor([[1]], { dtype: 'float64' }))
  expect(() => liveUnits(other, code)).toThrow(
    "liveUnits: expected a code of 'network', got one of another network, 'network'",
  )
})
