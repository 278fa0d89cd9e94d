import { autoencoder, network } from '@facet/models'
import { identityActivation, init, key, matmul, mul, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, plainJacobian } from '../testing/plain-network.ts'
import { pullbackMetric, surfaceDistortion } from './pullback-metric.ts'

beforeAll(() => init())

const linear = (weight: number[][]) => networkOf([{ weight, bias: null, activation: identityActivation }])
const origin = (inputs: number) => tensor([Array(inputs).fill(0)], { dtype: 'float64' })
const numbers = (t: { toArray(): unknown }) => t.toArray() as number[]

describe.each(Object.keys(stacks))('of %s', (name) => {
  it('G is AᵀA, its determinant the square of the volume element, its eigenvalues the squares of the singular values', () => {
    const layers = randomStack(name, true)
    const net = networkOf(layers)
    const x = key('x').normal([6, net.inputs], 'float64')
    const found = pullbackMetric(net, x)
    const [G, sigma] = [found.metric.toArray() as number[][][], found.singularValues.toArray() as number[][]]
    ;(x.toArray() as number[][]).forEach((point, n) => {
      const A = plainJacobian(layers, point)
      const size = Math.max(1, ...A.flat().map((a) => a * a))
      for (let i = 0; i < net.inputs; i++)
        for (let j = 0; j < net.inputs; j++) {
          const wanted = A.reduce((sum, row) => sum + row[i] * row[j], 0)
          expect(Math.abs(G[n][i][j] - wanted)).toBeLessThan(1e-12 * size)
        }
      const trace = sigma[n].reduce((sum, value) => sum + value ** 2, 0)
      expect(trace).toBeCloseTo(
        A.flat().reduce((sum, a) => sum + a * a, 0),
        9,
      )
      if (net.inputs > net.outputs) {
        expect(numbers(found.volume)[n]).toBe(0)
        expect(numbers(found.condition)[n]).toBe(Infinity)
        expect(numbers(found.isometricDistortion)[n]).toBe(Infinity)
      } else {
        const volume = sigma[n].reduce((product, value) => product * value, 1)
        expect(numbers(found.volume)[n]).toBeCloseTo(volume, 12)
      }
    })
  })
})

it('says of a plane in space what it does to lengths, angles and areas', () => {
  const found = pullbackMetric(
    linear([
      [3, 0],
      [0, 1],
      [4, 0],
    ]),
    origin(2),
  )
  expect(found.metric.toArray()).toEqual([
    [
      [25, 0],
      [0, 1],
    ],
  ])
  expect(found.singularValues.toArray()).toEqual([[5, 1]])
  expect(found.volume.toArray()).toEqual([5])
  expect(numbers(found.logVolume)[0]).toBeCloseTo(Math.log(5), 15)
  expect(found.condition.toArray()).toEqual([5])
  // Eigenvalues 25 and 1: 2 · 626 / 26² − 1, and ln 25.
  expect(numbers(found.conformalDistortion)[0]).toBeCloseTo((2 * 626) / 676 - 1, 14)
  expect(numbers(found.isometricDistortion)[0]).toBeCloseTo(Math.log(25), 14)
})

it('knows an isometry, a similarity, and what undoes a stretch', () => {
  const turned = [
    [0.6, -0.8],
    [0.8, 0.6],
    [0, 0],
  ]
  const times = (factor: number) =>
    pullbackMetric(linear(turned.map((row) => row.map((a) => factor * a))), origin(2))
  expect(numbers(times(1).isometricDistortion)[0]).toBeLessThan(1e-15)
  expect(numbers(times(7).conformalDistortion)[0]).toBeLessThan(1e-30)
  expect(numbers(times(8).isometricDistortion)[0]).toBeCloseTo(
    numbers(times(1 / 8).isometricDistortion)[0],
    13,
  )
})

it('of an autoencoder is that of its decoder at the codes of samples, whichever way these are given', () => {
  const model = autoencoder({ input: 6, bottleneck: 3, dtype: 'float64', seed: 4 })
  const x = key('x').normal([5, 6], 'float64')
  const wanted = pullbackMetric(model.decoder, model.encode(x)).metric.toArray()
  expect(pullbackMetric(model, x).metric.toArray()).toEqual(wanted)
  expect(pullbackMetric(model, model.regionCode(x)).metric.toArray()).toEqual(wanted)
  expect(pullbackMetric(model, model.regionCode(x).decoder).metric.toArray()).toEqual(wanted)
})

it('is right at any scale, also where a volume has no place', () => {
  const weight = key('weight').normal([5, 3], 'float64').toArray() as number[][]
  const own = pullbackMetric(linear(weight), origin(3))
  for (const exponent of [-480, -30, 30, 480]) {
    const found = pullbackMetric(linear(weight.map((row) => row.map((a) => a * 2 ** exponent))), origin(3))
    expect(found.conformalDistortion.toArray()).toEqual(own.conformalDistortion.toArray())
    expect(found.condition.toArray()).toEqual(own.condition.toArray())
    expect(numbers(found.logVolume)[0]).toBeCloseTo(numbers(own.logVolume)[0] + 3 * exponent * Math.LN2, 10)
    expect(found.metric.toArray()).toEqual(mul(own.metric, 2 ** (2 * exponent)).toArray())
  }
  const mixed = linear([
    [2 ** 900, 0, 0, 0],
    [0, 2 ** 900, 0, 0],
    [0, 0, 2 ** -900, 0],
    [0, 0, 0, 2 ** -901],
  ])
  // The two small ones are below 1e-154 of the largest.
  expect(pullbackMetric(mixed, origin(4)).volume.toArray()).toEqual([0])
  const wide = linear([
    [2 ** 500, 0, 0, 0, 0, 0],
    [0, 2 ** 500, 0, 0, 0, 0],
    [0, 0, 2 ** 500, 0, 0, 0],
    [0, 0, 0, 2 ** 20, 0, 0],
    [0, 0, 0, 0, 2 ** 20, 0],
    [0, 0, 0, 0, 0, 2 ** 20],
  ])
  expect(pullbackMetric(wide, origin(6)).volume.toArray()).toEqual([Infinity])
  expect(numbers(pullbackMetric(wide, origin(6)).logVolume)[0]).toBeCloseTo(1560 * Math.LN2, 9)
})

it('says of a collapsed direction that volume is 0 and condition infinite, and of a constant map no NaN', () => {
  const flat = pullbackMetric(
    linear([
      [1, 0],
      [0, 0],
    ]),
    origin(2),
  )
  expect([flat.volume, flat.logVolume, flat.condition, flat.conformalDistortion].map(numbers)).toEqual([
    [0],
    [-Infinity],
    [Infinity],
    [1],
  ])
  const dead = networkOf([{ weight: [[1, 1]], bias: [-1], activation: reluActivation }])
  const constant = pullbackMetric(dead, origin(2))
  expect([constant.volume, constant.condition, constant.conformalDistortion].map(numbers)).toEqual([
    [0],
    [Infinity],
    [0],
  ])
})

it('is NaN where a sample or a map is not finite, and nowhere else', () => {
  const net = network({ sizes: [2, 5, 4], activations: ['relu', 'identity'], key: key(1), dtype: 'float64' })
  const found = pullbackMetric(
    net,
    tensor(
      [
        [1, 2],
        [Number.NaN, 0],
        [Infinity, 0],
      ],
      { dtype: 'float64' },
    ),
  )
  for (const measure of [found.volume, found.condition, found.conformalDistortion, found.logVolume])
    expect(numbers(measure).map(Number.isFinite)).toEqual([true, false, false])
  expect((found.metric.toArray() as number[][][]).map((G) => G.flat().every(Number.isNaN))).toEqual([
    false,
    true,
    true,
  ])
  expect(numbers(pullbackMetric(linear([[Infinity, 1]]), origin(2)).volume)).toEqual([Number.NaN])
})

describe('over many samples', () => {
  it('a scaled isometry has neither distortion nor spread', () => {
    const plane = linear([
      [0, 3],
      [3, 0],
      [0, 0],
    ])
    const { scaledIsometry, volumeSpread } = surfaceDistortion(
      pullbackMetric(plane, key('z').normal([9, 2], 'float64')),
    )
    expect(scaledIsometry).toBeLessThan(1e-30)
    expect(volumeSpread).toBe(0)
  })

  it('both are what their formulas say', () => {
    const net = network({
      sizes: [2, 9, 4],
      activations: ['relu', 'identity'],
      key: key(1),
      dtype: 'float64',
    })
    const found = pullbackMetric(net, key('z').normal([40, 2], 'float64'))
    const G = found.metric
    const trace = (M: number[][]) => M.reduce((sum, row, i) => sum + row[i], 0)
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const once = mean((G.toArray() as number[][][]).map(trace))
    const twice = mean((matmul(G, G).toArray() as number[][][]).map(trace))
    const logs = numbers(found.logVolume)
    const { scaledIsometry, volumeSpread } = surfaceDistortion(found)
    expect(scaledIsometry).toBeCloseTo((2 * twice) / once ** 2 - 1, 12)
    expect(volumeSpread).toBeCloseTo(Math.sqrt(mean(logs.map((v) => (v - mean(logs)) ** 2))), 12)
    expect(volumeSpread).toBeGreaterThan(0.1)
  })
})

it('says what it expects', () => {
  expect(() => pullbackMetric(linear([[1, 2]]), origin(3))).toThrow(
    'pullbackMetric: expected x float64 [N, 2], got float64 [1, 3]',
  )
  const none = pullbackMetric(linear([[1]]), tensor(new Float64Array(0), { shape: [0, 1] }))
  expect(() => surfaceDistortion(none)).toThrow('expected at least one sample, got none')
})
