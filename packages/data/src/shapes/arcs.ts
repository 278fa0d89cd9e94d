import { aCount, cosine, type OptionsOf, optionTable, sine, withDefault } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { drawnPlaces, shapeRows, shapeSet } from './shape-set.ts'

const table = optionTable('arcs', {
  ...shapeRows,
  /** How many arcs there are; default 3. */
  arcs: withDefault(aCount(), 3),
})

/** What {@link arcs} takes. */
export type ArcsOptions = OptionsOf<typeof table>

/** The share of the circle that the arcs cover. */
const covered = 0.7

/**
 * Arcs of the unit circle with gaps of equal length between them, 0.7 of the circle together: for arc k (class k + 1) of n
 *
 *     θ = 2π (k + 0.7 u) / n     u uniform on [0, 1)
 *     x = (cos θ, sin θ) + noise · ε
 *
 * @returns train `[200, 2]`, test `[100, 2]`, both on the arcs
 * @throws RangeError for numbers out of range
 * @example
 * await init()
 * const { train, trainLabels } = arcs({ arcs: 2, noise: 0.02 })
 */
export function arcs(options: ArcsOptions = {}): Dataset {
  const settings = table.resolve(options)
  const places = drawnPlaces('arcs', settings, settings.arcs, (arc, u) => {
    const angle = (2 * Math.PI * (arc + covered * u)) / settings.arcs
    return [cosine(angle), sine(angle)]
  })
  return shapeSet('arcs', settings, places)
}
