import { init, key, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import {
  networkOf,
  type PlainLayer,
  plainCode,
  plainJacobian,
  plainLayers,
  pointOnRay,
} from '../testing/plain-network.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'
import { hessianProxy } from './hessian-proxy.ts'

beforeAll(() => init())

const hinge: PlainLayer[] = [{ weight: [[3, 4]], bias: null, activation: reluActivation }]

it('is the change of slope across a hinge, once however many samples fall behind it', () => {
  const x = tensor(
    [
      [0.01, 0.01],
      [-0.01, -0.01],
      [1000, 1000],
    ],
    { dtype: 'float64' },
  )
  const proxy = hessianProxy(networkOf(hinge), x, key(0), { samples: 40 })
  expect(proxy.toArray()).toEqual([5, 5, 0])
})

it.each(plainAndAround())(
  'is the sum of Eq. 9 over the distinct regions of the perturbed points, $name',
  (rayCase) => {
    const network = randomNetwork(rayCase)
    const layers = plainLayers(network)
    const x = key('x').normal([25, 2], 'float64')
    const [samples, sigma] = [6, 0.5]
    const noise = Array.from({ length: samples }, (_, j) =>
      key('noise').child(j).normal(x.shape, 'float64').toArray(),
    )
    const expected = (x.toArray() as number[][]).map((sample, n) => {
      const point = sample
      const own = plainJacobian(layers, point).flat()
      const regions = new Map([[plainCode(layers, point), own]])
      for (const rows of noise as number[][][]) {
        const there = pointOnRay(point, rows[n], sigma)
        regions.set(plainCode(layers, there), plainJacobian(layers, there).flat())
      }
      return [...regions.values()].reduce(
        (sum, other) => sum + Math.hypot(...other.map((a, i) => a - own[i])),
        0,
      )
    })
    const proxy = hessianProxy(network, x, key('noise'), { samples, sigma }).toArray() as number[]
    const off = proxy.map((value, n) => Math.abs(value - expected[n]))
    expect(Math.max(...off)).toBeLessThan(1e-12)
    expect(expected.filter((value) => value > 0.1).length).toBeGreaterThan(10)
  },
)

it('says what it expects', () => {
  const x = tensor([[1, 2]], { dtype: 'float64' })
  const network = networkOf(hinge)
  expect(() => hessianProxy(network, x, key(0), { samples: 0 })).toThrow(
    'hessianProxy: samples: expected an integer of at least 1, got 0',
  )
  expect(() => hessianProxy(network, x, key(0), { sigma: 0 })).toThrow(
    'hessianProxy: sigma: expected a finite number above 0, got 0',
  )
  expect(() => hessianProxy(network, tensor([1, 2]), key(0))).toThrow(
    'expected x float64 [N, 2], got float32 [2]',
  )
})
