import { network } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { regionAt } from '../region/region.ts'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, plainCode } from '../testing/plain-network.ts'
import { wallDistances } from './wall-distances.ts'

beforeAll(() => init())

const lengthOf = (x: readonly number[]) => Math.hypot(...x)

/** Points that are spread and repeat themselves. */
const pointsOf = (inputs: number, count: number): number[][] =>
  Array.from({ length: count }, (_, n) =>
    Array.from({ length: inputs }, (_, i) => Math.sin(1 + 3.7 * n + 1.3 * i + 0.01 * n * i)),
  )

describe.each(Object.keys(stacks))('the nearest wall of samples in a network of %s', (name) => {
  it('is where the code changes, along its normal and along no other ray sooner', () => {
    const layers = randomStack(name, true, 5)
    const net = networkOf(layers)
    const points = pointsOf(net.inputs, 8)
    const { distance, group, unit } = wallDistances(net, tensor(points, { dtype: 'float64' }))
    expect(distance.some((d) => d < Infinity)).toBe(true)
    points.forEach((x, n) => {
      const own = plainCode(layers, x)
      const halfSpaces = regionAt(net, x).halfSpaces
      const along = halfSpaces.map(({ a, b, unit: [g, u] }) => ({
        a,
        isIt: g === group[n] && u === unit[n],
        to: (a.reduce((sum, ai, i) => sum + ai * x[i], 0) + b) / lengthOf(a),
      }))
      const nearest = Math.min(Infinity, ...along.map(({ to }) => to))
      if (nearest === Infinity) {
        expect([distance[n], group[n], unit[n]]).toEqual([Infinity, -1, -1])
        return
      }
      expect(Math.abs(distance[n] - nearest)).toBeLessThan(1e-9 * Math.max(1, nearest))
      const { a, to } = along.filter(({ isIt }) => isIt).sort((p, q) => p.to - q.to)[0]
      expect(Math.abs(to - nearest)).toBeLessThan(1e-9 * Math.max(1, nearest))
      const towards = (direction: readonly number[], by: number) =>
        plainCode(
          layers,
          x.map((xi, i) => xi + (by * direction[i]) / lengthOf(direction)),
        )
      expect(
        towards(
          a.map((ai) => -ai),
          distance[n] + 1e-6 * Math.max(1, nearest),
        ),
      ).not.toBe(own)
      for (const ray of pointsOf(net.inputs, 200).slice(100))
        expect(towards(ray, 0.999999 * distance[n])).toBe(own)
    })
  })
})

test('a bottleneck changes no distance: gradients behind it are taken in fewer numbers', () => {
  const sizes = [30, 20, 4, 16, 16, 30]
  const activations = ['relu', 'identity', 'relu', 'leakyRelu', 'identity'] as const
  const net = network({ sizes, activations, key: key(2), dtype: 'float64' })
  const x = key(3).normal([20, 30], 'float64')
  const { distance, group } = wallDistances(net, x)
  expect(new Set(group)).toEqual(new Set([0, 1, 2]))
  ;(x.toArray() as number[][]).forEach((row, n) => {
    const nearest = Math.min(
      ...regionAt(net, row).halfSpaces.map(
        ({ a, b }) => (a.reduce((sum, ai, i) => sum + ai * row[i], 0) + b) / lengthOf(a),
      ),
    )
    expect(Math.abs(distance[n] - nearest)).toBeLessThan(1e-12)
  })
})

test('units that are 0 everywhere, also by rounding, have no wall', () => {
  const relu = { name: 'relu', alpha: 0 } as const
  const identity = { name: 'identity', alpha: 0 } as const
  // 0.1 · 3x − 0.3 · x is 2⁻⁵⁵ x or so in float64.
  const layers = [
    { weight: [[3], [1]], bias: null, activation: identity },
    { weight: [[0.1, -0.3]], bias: [0.5], activation: relu },
  ]
  const { distance, unit } = wallDistances(networkOf(layers), tensor([[1], [-7]], { dtype: 'float64' }))
  expect([...distance, ...unit]).toEqual([Infinity, Infinity, -1, -1])
})

test('samples that do not fit or are no numbers are refused', () => {
  const net = network({ sizes: [2, 4, 1], activations: ['relu', 'identity'], key: key(0) })
  expect(() => wallDistances(net, tensor([[1, 2, 3]]))).toThrow(
    'wallDistances: expected x float32 [N, 2], got float32 [1, 3]',
  )
  expect(() =>
    wallDistances(
      net,
      tensor([
        [1, 2],
        [0, Number.NaN],
      ]),
    ),
  ).toThrow('wallDistances: expected finite samples, got a number that is not in row 1')
})
