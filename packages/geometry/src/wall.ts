import { add, div, greater, maximum, min, minimum, mul, type Tensor, where } from '@facet/tensor'
import { hasWalls, type RayLayer } from './ray.ts'

/** When the first wall on each ray is met, [N, 1]; Infinity where there is none. */
export interface FirstWall {
  readonly t: Tensor
  /** `t` plus the rounding error of the root that has the earliest such end. Units with a root before it coincide. */
  readonly latest: Tensor
}

/**
 * The smallest t ≥ 0 at which a unit moving towards another state reaches it (SPEC 3.2).
 *
 * @param tolerance what a number may be off by, as a share of its scale.
 */
export function firstWall(layers: readonly RayLayer[], tolerance: number): FirstWall {
  const roots = layers.filter(hasWalls).map((layer) => rootsOf(layer, tolerance))
  return {
    t: roots.map(({ t }) => min(t, 1, true)).reduce(minimum),
    latest: roots.map(({ latest }) => min(latest, 1, true)).reduce(minimum),
  }
}

/** Of every unit, [N, units]; Infinity for units that stand still within tolerance or move away. */
function rootsOf(layer: RayLayer, tolerance: number): FirstWall {
  const moving = approaches(layer, tolerance)
  const t = maximum(div(layer.distance, layer.speed), 0)
  const error = div(mul(scaleAt(layer, t), tolerance), layer.speed)
  return { t: where(moving, t, Infinity), latest: where(moving, add(t, error), Infinity) }
}

/** Which units move towards their wall: bool [N, units]. */
export function approaches(layer: RayLayer, tolerance: number): Tensor {
  return greater(layer.speed, mul(layer.speedScale, tolerance))
}

/** The scale of every unit's distance to its wall at time t [N, 1] or [N, units]. */
export function scaleAt(layer: RayLayer, t: Tensor): Tensor {
  return add(layer.distanceScale, mul(layer.speedScale, t))
}
