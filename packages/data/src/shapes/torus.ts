import { cosine, sine } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { drawnPlaces, type ShapeOptions, shapeOptions, shapeSet } from './shape-set.ts'

const table = shapeOptions('torus')

/** Pieces of the ring: the classes. */
const pieces = 4

/** Radius of the tube; that of the ring is 1. */
const tube = 0.4

/**
 * The surface of a torus in R³, radius 1 of the ring, 0.4 of the tube. Its fourths around the ring are classes 1 to 4. (The flat torus with
 * its generators is {@link torusOrbit}.)
 *
 *     x = ((1 + 0.4 cos b) cos a, (1 + 0.4 cos b) sin a, 0.4 sin b) + noise · ε     a, b uniform on [0, 2π)
 *
 * Uniform in the angles, not on the surface: the inner side has 2.3 times as many points to the area as the outer.
 *
 * @returns train `[200, 3]`, test `[100, 3]`
 * @throws RangeError for numbers out of range
 * @example
 * await init()
 * const { train, trainLabels } = torus({ points: 500 })
 */
export function torus(options: ShapeOptions = {}): Dataset {
  const settings = table.resolve(options)
  const places = drawnPlaces('torus', settings, pieces, (piece, u, v) => {
    const [a, b] = [(2 * Math.PI * (piece + u)) / pieces, 2 * Math.PI * v]
    const radius = 1 + tube * cosine(b)
    return [radius * cosine(a), radius * sine(a), tube * sine(b)]
  })
  return shapeSet('torus', settings, places)
}
