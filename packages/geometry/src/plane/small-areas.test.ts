import { init, key, reluActivation } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import type { PlainLayer } from '../testing/plain-layers.ts'
import { networkOf } from '../testing/plain-network.ts'
import { planeOracle } from '../testing/plane-oracle.ts'
import { inputPlane } from '../testing/plane-scenes.ts'
import { planePartition } from './plane-partition.ts'

beforeAll(() => init())

test('areas are within 1e-9 of themselves in a window a billion times as large', () => {
  const window = [-(2 ** 30), 2 ** 30] as const
  for (let seed = 0; seed < 10; seed++) {
    const numbers = key(seed).normalArray(15)
    const weight = Array.from({ length: 5 }, (_, i) => [numbers[3 * i], numbers[3 * i + 1]])
    const bias = weight.map((_, i) => numbers[3 * i + 2])
    const layers: PlainLayer[] = [{ weight, bias, activation: reluActivation }]
    const partition = planePartition(networkOf(layers), { window })
    const areas = new Map([...partition].map(({ code, area }) => [code.join(), area]))
    const { regions } = planeOracle(layers, inputPlane, window)
    expect(regions).toHaveLength(16)
    for (const { code, area } of regions)
      expect(Math.abs(areas.get(code.join())! - area)).toBeLessThanOrEqual(1e-9 * area)
  }
})
