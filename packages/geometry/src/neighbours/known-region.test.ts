import { init, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { regionMembership } from '../codes/regions.ts'
import { networkOf } from '../testing/plain-network.ts'
import { dichotomicNeighbour } from './dichotomic-neighbour.ts'
import { randomPairs } from './random-pairs.ts'

beforeAll(() => init())

const bad = [Number.NaN, Infinity, -Infinity]
const hinge = (weight: number, dtype: 'float32' | 'float64' = 'float64') =>
  networkOf([{ weight: [[weight]], bias: [-1], activation: reluActivation }], dtype)
const column = (values: number[], dtype: 'float32' | 'float64' = 'float64') =>
  tensor(
    values.map((x) => [x]),
    { dtype },
  )

describe('points that are not finite', () => {
  it('have no neighbour, on either end of the search, and leave other rows alone', () => {
    const theta = column([0, ...bad, 0, 0, 0])
    const start = column([3, 3, 3, 3, ...bad])
    const { found, point, code } = dichotomicNeighbour(hinge(1), theta, start)
    expect(found.toArray()).toEqual([1, 0, 0, 0, 0, 0, 0])
    expect((point.toArray() as number[][]).slice(1)).toEqual((start.toArray() as number[][]).slice(1))
    expect((code.states().toArray() as number[][]).slice(4)).toEqual([[0], [0], [0]])
  })

  it('are no pairs', () => {
    const { found } = randomPairs(hinge(1), column([0, ...bad, 0, 0, 0]), column([3, 3, 3, 3, ...bad]))
    expect(found.toArray()).toEqual([1, 0, 0, 0, 0, 0, 0])
  })

  it('lie in no region', () => {
    const net = hinge(1)
    const x = column([0, ...bad])
    expect(regionMembership(net, net.regionCode(x), x).toArray()).toEqual([1, 0, 0, 0])
  })
})

it('finds nothing where the network says NaN', () => {
  const net = hinge(Number.NaN)
  expect(dichotomicNeighbour(net, column([0]), column([3])).found.toArray()).toEqual([0])
  expect(randomPairs(net, column([0]), column([3])).found.toArray()).toEqual([0])
  expect(regionMembership(net, net.regionCode(column([0])), column([0])).toArray()).toEqual([0])
})

it.each([
  ['float32', 2 ** 127],
  ['float64', 2 ** 1023],
] as const)('bisects between points whose sum has no place in %s', (dtype, far) => {
  // The wall is at 0.75 · far.
  const net = networkOf([{ weight: [[1]], bias: [-0.75 * far], activation: reluActivation }], dtype)
  const { found, point } = dichotomicNeighbour(net, column([far / 2], dtype), column([far * 1.9], dtype))
  expect(found.toArray()).toEqual([1])
  expect((point.toArray() as number[][])[0][0] / far).toBeCloseTo(0.75, 5)
})

it('does not double its way to infinity', () => {
  const net = networkOf([{ weight: [[1]], bias: [-1], activation: reluActivation }])
  const { found, point } = dichotomicNeighbour(net, column([-1]), column([-1e308]))
  expect(found.toArray()).toEqual([0])
  expect(point.toArray()).toEqual([[-1e308]])
})
