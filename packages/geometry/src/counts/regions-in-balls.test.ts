import { autoencoder, network } from '@facet/models'
import { identityActivation, init, key, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf } from '../testing/plain-network.ts'
import { regionsInBalls } from './regions-in-balls.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })

/** Walls at the whole numbers from 1 to 5 of the first axis. */
const strips = () =>
  networkOf([
    {
      weight: Array.from({ length: 5 }, () => [1, 0]),
      bias: [-1, -2, -3, -4, -5],
      activation: reluActivation,
    },
  ])

it('sees all strips that a disc meets, and none that it does not', () => {
  const centres = float64([
    [0.5, 0],
    [3.5, 7],
  ])
  const { regions, complete, verified } = regionsInBalls(strips(), centres, [0.4, 1, 2, 9], key(0))
  expect(regions).toEqual([
    [1, 2, 3, 6],
    [1, 3, 5, 6],
  ])
  expect([complete, verified]).toEqual([false, 'float'])
})

it('counts samples in the closed ball, and the regions that they lie in', () => {
  const samples = float64([
    [0.5, 0],
    [1.5, 0],
    [1.6, 0],
    [0.5, 2],
    [4.5, 0],
    [Number.NaN, 0],
  ])
  const found = regionsInBalls(strips(), float64([[0.5, 0]]), [4, 0.1, 1, 2], key(0), { samples, draws: 0 })
  expect(found.samples).toEqual([[5, 1, 2, 4]])
  expect(found.sampleRegions).toEqual([[3, 1, 2, 2]])
  // Without draws, centre and samples are what is seen.
  expect(found.regions).toEqual([[3, 1, 2, 2]])
})

describe.each(Object.keys(stacks))('of %s', (name) => {
  it('counts grow with the radius, samples lie in no more regions than are seen, and the same key sees the same', () => {
    const net = networkOf(randomStack(name, true))
    const samples = key('x').normal([60, net.inputs], 'float64')
    const radii = [0.5, 1, 2, 4]
    const count = () =>
      regionsInBalls(net, key('c').normal([3, net.inputs], 'float64'), radii, key(1), {
        samples,
        draws: 60,
      })
    const found = count()
    found.regions.forEach((row, c) => {
      row.forEach((regions, r) => {
        expect(regions).toBeGreaterThanOrEqual(Math.max(1, found.sampleRegions[c][r]))
        expect(found.samples[c][r]).toBeGreaterThanOrEqual(found.sampleRegions[c][r])
        if (r > 0) expect(regions).toBeGreaterThanOrEqual(row[r - 1])
      })
    })
    expect(found.regions.flat().reduce((a, b) => Math.max(a, b))).toBeGreaterThan(2)
    expect(count()).toEqual(found)
  })
})

it('of an autoencoder takes encoder and decoder together', () => {
  const model = autoencoder({
    input: 3,
    bottleneck: 2,
    bottleneckActivation: 'relu',
    dtype: 'float64',
    seed: 1,
  })
  const centres = key('c').normal([2, 3], 'float64')
  const both = regionsInBalls(model, centres, [3], key(0))
  const one = regionsInBalls(model.encoder, centres, [3], key(0))
  both.regions.forEach(([count], c) => void expect(count).toBeGreaterThan(one.regions[c][0]))
})

it('draws uniformly: a half-space through a quarter of the radius gets its share of the volume', () => {
  // In four dimensions the cap beyond a quarter of the radius holds 0.2944 of the ball: mpmath.
  const net = networkOf([{ weight: [[1, 0, 0, 0]], bias: [-0.25], activation: reluActivation }])
  let beyond = 0
  const [none, draws] = [float64([[0, 0, 0, 0]]), 400]
  for (let seed = 0; seed < draws; seed++)
    beyond += regionsInBalls(net, none, [1], key(seed), { draws: 1 }).regions[0][0] - 1
  expect(Math.abs(beyond / draws - 0.2944)).toBeLessThan(4 * Math.sqrt((0.2944 * (1 - 0.2944)) / draws))
})

it('has nothing where the network says NaN, and works in float32', () => {
  const broken = networkOf([{ weight: [[Number.NaN]], bias: null, activation: identityActivation }])
  expect(regionsInBalls(broken, float64([[0]]), [1], key(0), { draws: 5 }).regions).toEqual([[0]])
  const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
  expect(regionsInBalls(net, tensor([[0, 0]]), [10], key(0)).regions[0][0]).toBeGreaterThan(3)
})

it('says what it expects', () => {
  expect(() => regionsInBalls(strips(), float64([[1]]), [1], key(0))).toThrow(
    'regionsInBalls: expected centres float64 [N, 2], got float64 [1, 1]',
  )
  expect(() => regionsInBalls(strips(), float64([[1, 1]]), [1, 0], key(0))).toThrow(
    'regionsInBalls: radii: expected finite numbers above 0, got 0',
  )
  expect(() => regionsInBalls(strips(), float64([[1, 1]]), [1], key(0), { samples: float64([[1]]) })).toThrow(
    'expected samples float64 [N, 2]',
  )
})
