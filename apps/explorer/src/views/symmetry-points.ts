import { type Extent, extentOf, placedIn, type Sight } from './surface-sight.ts'

/** Points of two or three numbers as x, y, z. */
export function asSpace(points: Float32Array, width: number): Float32Array<ArrayBuffer> {
  const count = points.length / width
  const space = new Float32Array(3 * count)
  for (let n = 0; n < count; n++)
    for (let k = 0; k < Math.min(3, width); k++) space[3 * n + k] = points[n * width + k]
  return space
}

/** Where points of two or three numbers are seen: x, y in pixels of each. */
export function seenAt(points: Float32Array, width: number, sight: Sight): [x: number, y: number][] {
  const space = asSpace(points, width)
  const placed = placedIn(new Float32Array(space.length), space, sight)
  return Array.from({ length: space.length / 3 }, (_, n) => [placed[3 * n], placed[3 * n + 1]])
}

/** The number of the point that is nearest to a pixel, within a finger's width; −1 where none is. */
export function nearestTo(points: readonly (readonly [number, number])[], x: number, y: number): number {
  let [found, least] = [-1, 16]
  points.forEach(([px, py], i) => {
    const distance = Math.hypot(px - x, py - y)
    if (distance < least) [found, least] = [i, distance]
  })
  return found
}

/** Of a way that leads far away, so many times the box of the samples is seen. */
const FARTHEST = 2

/** The box of samples and of the way of one of them, as far as it stays near. Both are x, y, z. */
export function extentAround(samples: Float32Array, way: Float32Array): Extent {
  const own = extentOf(samples)
  const radius = FARTHEST * Math.max(...own.half)
  const near = way.map((value, i) => {
    const centre = own.centre[i % 3]
    return Math.max(centre - radius, Math.min(centre + radius, value))
  })
  const all = new Float32Array(samples.length + near.length)
  all.set(samples)
  all.set(near, samples.length)
  return extentOf(all)
}
