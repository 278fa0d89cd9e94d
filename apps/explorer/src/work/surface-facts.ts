import type { PlanePartition } from '@facet/geometry'
import type { Network } from '@facet/models'
import { scope, tensor } from '@facet/tensor'
import { asTensor } from '../run/make-data.ts'
import type { RegionsPicture, SurfacePicture } from './messages.ts'
import type { SurfaceSpace } from './surface-space.ts'

type Structure = PlanePartition['structure']

/**
 * The decoder's image over a window of the latent plane: it is affine on each region, so that the region's image is a flat polygon between the images of its
 * corners, and the image of a wall a straight crease. Every vertex goes through the decoder once, all in one batch.
 *
 * @param latent the picture of the partition, whose polygons come in the same order: `starts` and `hashes` are its own
 */
export function surfaceOf(
  space: SurfaceSpace,
  decoder: Network,
  { structure, plane }: Pick<PlanePartition, 'structure' | 'plane'>,
  { starts, hashes }: Pick<RegionsPicture, 'starts' | 'hashes'>,
): SurfacePicture {
  const placed = scope(() =>
    space.project(decoder.apply(asTensor(pointsOf(structure, plane), decoder.inputs))),
  )
  return {
    dimension: 2,
    corners: cornersOf(structure, placed, starts[structure.faces]),
    starts,
    hashes,
    creases: creasesOf(structure, placed),
    ...around(space),
  }
}

/**
 * The decoder's image of an interval: a chain of segments, one for each region, with their ends one after another. Segment i goes from corner `starts[i]` to the
 * next one.
 *
 * @param strip the picture of a bottleneck of one: rectangles along s, whose first corner is where a region begins
 */
export function curveOf(
  space: SurfaceSpace,
  decoder: Network,
  { corners, starts, hashes, frame }: Pick<RegionsPicture, 'corners' | 'starts' | 'hashes' | 'frame'>,
): SurfacePicture {
  const regions = starts.length - 1
  const z = Float32Array.from({ length: regions + 1 }, (_, i) =>
    i < regions ? corners[2 * starts[i]] : frame.s[1],
  )
  const placed = scope(() => space.project(decoder.apply(tensor(z, { shape: [z.length, 1] }))))
  return {
    dimension: 1,
    corners: placed,
    starts: Uint32Array.from(z.keys()),
    hashes,
    creases: new Float32Array(),
    ...around(space),
  }
}

const around = (space: SurfaceSpace) => ({
  samples: space.samples(),
  isFlat: space.isFlat,
  axes: space.axes,
})

/** x, y, z of the corners of all faces, face after face. */
function cornersOf({ faces, first, next, origin }: Structure, placed: Float32Array, count: number) {
  const corners = new Float32Array(3 * count)
  let at = 0
  for (let face = 0; face < faces; face++) {
    let h = first[face]
    do {
      at = copy(placed, origin[h], corners, at)
      h = next[h]
    } while (h !== first[face])
  }
  return corners
}

/** Both ends of every edge between two faces. */
function creasesOf({ halfEdges, face, twin, next, origin }: Structure, placed: Float32Array) {
  const creases = new Float32Array(3 * halfEdges)
  let at = 0
  for (let h = 0; h < halfEdges; h++) {
    if (face[h] < 0 || face[twin[h]] < 0 || h > twin[h]) continue
    at = copy(placed, origin[h], creases, at)
    at = copy(placed, origin[next[h]], creases, at)
  }
  return creases.slice(0, at)
}

function copy(from: Float32Array, point: number, to: Float32Array, at: number): number {
  to[at] = from[3 * point]
  to[at + 1] = from[3 * point + 1]
  to[at + 2] = from[3 * point + 2]
  return at + 3
}

/** The latent codes of all vertices, [vertices × inputs]. */
function pointsOf(
  { vertices, s, t }: Structure,
  { origin, u, v }: PlanePartition['plane'],
): Float32Array<ArrayBuffer> {
  const width = origin.length
  const points = new Float32Array(vertices * width)
  for (let n = 0; n < vertices; n++)
    for (let i = 0; i < width; i++) points[n * width + i] = origin[i] + s[n] * u[i] + t[n] * v[i]
  return points
}
