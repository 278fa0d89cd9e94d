import { planePartition } from '@facet/geometry'
import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { convolutional, denseNetwork, otherKinds } from './networks.ts'
import { neighboursOf, type SplitRegion, splitPlane } from './splitter.ts'

beforeAll(() => init())

const square = { plane: { origin: [0, 0], u: [1, 0], v: [0, 1] }, window: [-1, 1] } as const

const areaOf = ({ s, t }: SplitRegion): number =>
  s.reduce((a, x, i) => a + x * t[(i + 1) % t.length] - s[(i + 1) % s.length] * t[i], 0) / 2

describe('the plain splitter', () => {
  it.each(Object.entries(otherKinds))(
    'finds the regions and neighbours that Facet finds of %s',
    (_, make) => {
      const network = make(5)
      const regions = splitPlane(network, square)
      const { regions: count, interiorEdges } = planePartition(network, { window: square.window }).summary()
      expect(count).toBeGreaterThan(20)
      expect(regions.length).toBe(count)
      expect(neighboursOf(regions)).toBe(interiorEdges)
    },
  )

  it('finds those of a convolution with max-pooling, beside slivers where a tie lies along the wall of a unit', () => {
    const { network, plane } = convolutional(2)
    const window = [0.2, 0.5] as const
    const regions = splitPlane(network, { plane, window })
    const partition = planePartition(network, { plane, window })
    expect(partition.regions).toBeGreaterThan(20)
    expect(Math.min(...partition.areas())).toBeGreaterThan(1e-12)
    expect(regions.filter((region) => areaOf(region) > 1e-12).length).toBe(partition.regions)
  })

  it('gives polygons that fill the window', () => {
    const regions = splitPlane(denseNetwork([2, 16, 16, 1], 3), square)
    const area = regions.reduce((sum, region) => sum + areaOf(region), 0)
    expect(Math.abs(area - 4)).toBeLessThan(1e-10)
  })
})
