import { type DType, machineEpsilon } from '@facet/tensor'

/**
 * How far from 0 a unit may be to be on a wall, in machine epsilons of the magnitudes its pre-activation is added up from.
 */
const EPSILONS = 16

/**
 * The tolerance of {@link exactNeighbour}, as a share of each unit's own scale.
 * @example
 * import { wallTolerance } from '@facet/geometry'
 * wallTolerance('float64') < 1e-14 // true
 */
export function wallTolerance(dtype: DType): number {
  return EPSILONS * machineEpsilon(dtype)
}
