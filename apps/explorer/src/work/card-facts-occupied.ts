import type { CardRegions } from './card-facts.ts'

/**
 * How many regions of the window hold one of the points.
 *
 * @param points s, t, s, t, …: of samples that lie in the plane, not beside it
 * @param regionOf the region that a polygon of the partition belongs to, where a region may be several; each one is its own by default
 * @example
 * import { planePartition } from '@facet/geometry'
 * import { autoencoder } from '@facet/models'
 * import { init } from '@facet/tensor'
 * await init()
 * const partition = planePartition(autoencoder({ input: 2, bottleneck: 1 }).encoder, { window: [-1, 1] })
 * occupiedRegions(partition, Float32Array.of(0.5, 0.5, 0.5, 0.5, 9, 9)) // 1: the last point is outside
 */
export function occupiedRegions(
  partition: Pick<CardRegions, 'at'>,
  points: Float32Array,
  regionOf: (polygon: number) => number = (polygon) => polygon,
): number {
  const occupied = new Set<number>()
  for (let i = 0; i < points.length; i += 2) {
    const region = partition.at(points[i], points[i + 1])
    if (region !== null) occupied.add(regionOf(region.index))
  }
  return occupied.size
}
