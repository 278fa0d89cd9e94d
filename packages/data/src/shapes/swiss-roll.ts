import { cosine, sine } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { drawnPlaces, type ShapeOptions, shapeOptions, shapeSet } from './shape-set.ts'

const table = shapeOptions('swissRoll')

/** Pieces of the roll by their place along it: the classes. */
const pieces = 4

/** Height of the roll, its largest radius being 1: 21 of 4.5π, as the formula has it. */
const height = 21 / (4.5 * Math.PI)

/**
 * The Swiss roll (Marsland, *Machine learning: an algorithmic perspective*, 2009; scikit-learn's `make_swiss_roll`), scaled to radius 1,
 * its height about 0: a sheet of 1.5 turns in R³. Its fourths along the roll are classes 1 to 4, from the inside.
 *
 *     t = 1.5π (1 + 2u)     u, v uniform on [0, 1)
 *     x = (t cos t, 21 (v − ½), t sin t) / 4.5π + noise · ε
 *
 * @returns train `[200, 3]`, test `[100, 3]`
 * @throws RangeError for numbers out of range
 * @example
 * await init()
 * const { train, trainLabels } = swissRoll({ points: 500 })
 */
export function swissRoll(options: ShapeOptions = {}): Dataset {
  const settings = table.resolve(options)
  const places = drawnPlaces('swissRoll', settings, pieces, (piece, u, v) => {
    const along = (piece + u) / pieces
    const angle = 1.5 * Math.PI * (1 + 2 * along)
    const radius = (1 + 2 * along) / 3
    return [radius * cosine(angle), height * (v - 0.5), radius * sine(angle)]
  })
  return shapeSet('swissRoll', settings, places)
}
