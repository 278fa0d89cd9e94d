import type { Tensor } from '@facet/tensor'
import type { Rows } from './uncertain.ts'
import type { FirstWall } from './wall.ts'
import type { RayWalls } from './walls.ts'

/** What may change the states of units along the rays. */
export interface UnitWalls {
  readonly walls: RayWalls
  /**
   * The states just behind the first wall, [N, units] as a region code takes them, by the one-sided rule (docs/mathematics.md 3.2): of the candidates that are as large as the
   * largest there, the one that rises fastest, the first on ties. Ties between candidates that have stood still
   * to each other are rounding noise, and nothing happens to them. Rays without a wall keep their states.
   *
   * @param there directional derivatives of the inputs, under the states that the units before have by now
   */
  statesBehind(wall: FirstWall, there: Rows): Tensor
}
