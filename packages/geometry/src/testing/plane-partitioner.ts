import { planePartition } from '../plane/plane-partition.ts'
import { networkOf } from './plain-network.ts'
import type { Partitioner } from './plane-checks.ts'

/** {@link planePartition} as the checks ask for it: codes with the state of the level at their end. */
export const planePartitioner: Partitioner = ({ layers, plane }, window, level) => {
  const partition = planePartition(networkOf(layers), { plane, window, level })
  const { regions, complete, vertices, edges, faces } = partition
  return {
    regions,
    complete,
    vertices,
    edges,
    faces,
    region: (i) => {
      const region = partition.region(i)
      const { code, corners, area, neighbours } = region
      return { code: level === undefined ? code : [...code, region.level!], corners, area, neighbours }
    },
  }
}
