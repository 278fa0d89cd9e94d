import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { plainCode, plainLayers } from '../testing/plain-network.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'
import { randomPairs } from './random-pairs.ts'

beforeAll(() => init())

it.each(plainAndAround())(
  'gives the region of the second point and calls every pair found, also within one region, $name',
  (rayCase) => {
    const net = randomNetwork(rayCase)
    const theta = key('theta').normal([20, 2], 'float64')
    const second = key('second').normal([20, 2], 'float64')
    const { code, found, point } = randomPairs(net, theta, second)
    const layers = plainLayers(net)
    const codes = (second.toArray() as number[][]).map((row) => plainCode(layers, row))
    expect((code.states().toArray() as number[][]).map((row) => row.join(''))).toEqual(codes)
    expect(point.toArray()).toEqual(second.toArray())
    expect(found.toArray()).toEqual(Array(20).fill(1))
    expect(randomPairs(net, theta, theta).found.toArray()).toEqual(Array(20).fill(1))
  },
)

it('says what it expects', () => {
  const net = randomNetwork(plainAndAround()[0])
  const wide = tensor([[1, 2, 3]], { dtype: 'float64' })
  expect(() => randomPairs(net, wide, wide)).toThrow(
    'randomPairs: expected theta float64 [N, 2], got float64 [1, 3]',
  )
})
