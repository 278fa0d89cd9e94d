import { init } from '@facet/tensor'
import { beforeAll, expect, it, test } from 'vitest'
import { regionsMeetingDisc } from '../counts/regions-meeting-disc.ts'
import { planePartition } from '../plane/plane-partition.ts'
import type { PlanePoint } from '../plane/polygon.ts'
import { networkOf } from '../testing/plain-network.ts'
import { partitionOf } from '../testing/plane-polygons.ts'
import { denseScene } from '../testing/plane-scenes.ts'
import { regionsNear } from './regions-near.ts'

beforeAll(() => init())

const points: PlanePoint[] = Array.from({ length: 60 }, (_, i) => [
  1.5 * Math.sin(2.1 * i),
  1.5 * Math.cos(3.3 * i + 1),
])

test.each([3, 4, 5])(
  'are those of the discs around all points, in and outside of the window (network %i)',
  (seed) => {
    const { layers, plane } = denseScene(seed, false)
    const partition = planePartition(networkOf(layers), { plane, window: [-1, 1] })
    const polygons = [...partition].map(({ corners }) => corners)
    expect(points.filter(([s, t]) => partition.at(s, t) === null).length).toBeGreaterThan(10)
    for (const radius of [0.001, 0.05, 0.3, 4]) {
      const wanted = new Set(
        points.flatMap((point) => [...regionsMeetingDisc(polygons, point, radius).indices]),
      )
      expect([...regionsNear(partition, points, radius)]).toEqual([...wanted].sort((a, b) => a - b))
    }
  },
)

it('counts nothing behind the window, and needs a whole partition, a radius and places', () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const
  const partition = partitionOf([square])
  expect([...regionsNear(partition, [[2, 0.5]], 0.9)]).toEqual([])
  expect([...regionsNear(partition, [[2, 0.5]], 1.1)]).toEqual([0])
  expect([...regionsNear(partition, [], 1)]).toEqual([])
  expect(() => regionsNear(partition, [[0, 0]], 0)).toThrow(
    'regionsNear: radius: expected a finite number above 0, got 0',
  )
  expect(() => regionsNear(partition, [[0, Number.NaN]], 1)).toThrow('expected finite points, got [0, NaN]')
  expect(() => regionsNear(partitionOf([square], { complete: false }), [[0, 0]], 1)).toThrow(
    'regionsNear: expected complete partitions',
  )
})
