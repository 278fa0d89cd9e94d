import { network } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { planePartition } from '../plane/plane-partition.ts'
import { regionsInBalls } from './regions-in-balls.ts'
import { regionsMeetingDisc } from './regions-meeting-disc.ts'

beforeAll(() => init())

it('the partition of a plane meets a disc in at least the regions that points of it lie in, and in few more', () => {
  for (let seed = 0; seed < 5; seed++) {
    const net = network({
      sizes: [2, 12, 12, 1],
      activations: ['relu', 'abs', 'identity'],
      key: key(seed),
      dtype: 'float64',
    })
    const polygons = [...planePartition(net, { window: [-4, 4] })].map(({ corners }) => corners)
    const centre = [0.25, -0.5] as const
    const radii = [0.125, 0.5, 1, 2, 3]
    const exact = radii.map((radius) => regionsMeetingDisc(polygons, centre, radius).regions)
    const [seen] = regionsInBalls(net, tensor([[...centre]], { dtype: 'float64' }), radii, key('draws'), {
      draws: 20_000,
    }).regions
    seen.forEach((count, r) => {
      expect(count).toBeLessThanOrEqual(exact[r])
      // What 20,000 points miss is smaller than about a ten-thousandth of the disc.
      expect(count).toBeGreaterThan(0.75 * exact[r] - 1)
    })
    expect(exact[4]).toBeGreaterThan(20)
    // A disc around the whole window meets every region.
    expect(regionsMeetingDisc(polygons, [0, 0], 6).regions).toBe(polygons.length)
  }
})
