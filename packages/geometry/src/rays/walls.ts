import { greater, mul, type Tensor } from '@facet/tensor'

/**
 * Walls that each ray may meet, [N, walls] unless it is said: where a unit changes state, its distance to the wall along the ray is
 * `distance − t · speed`. Every ray has units of its own, distances and speeds too: `time` turns their quotient into time.
 */
export interface RayWalls {
  /** At θ, at least 0. */
  readonly distance: Tensor
  /** How fast the ray comes to the wall; negative away from it. */
  readonly speed: Tensor
  /** What the rounding error of `distance` is in proportion to: an estimate for one machine epsilon. */
  readonly distanceScale: Tensor
  /** The same for `speed`. */
  readonly speedScale: Tensor
  /** Whether the ray comes to the wall faster than the rounding error of `speed`: bool. */
  readonly comes: Tensor
  /** How long it takes to go one unit of distance at one unit of speed, [N, 1]. */
  readonly time: Tensor
}

/** @param tolerance what a number may be off by, as a share of its scale. */
export const rayWalls = (walls: Omit<RayWalls, 'comes'>, tolerance: number): RayWalls => ({
  ...walls,
  comes: greater(walls.speed, mul(walls.speedScale, tolerance)),
})
