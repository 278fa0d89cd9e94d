import {
  abs,
  greater,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  mul,
  neg,
  sqrt,
  type Tensor,
  where,
} from '@facet/tensor'
import type { Along } from './along.ts'
import type { UnitWalls } from './unit-walls.ts'
import { isOnWall } from './wall.ts'
import { rayWalls } from './walls.ts'

/** Of units whose own sign decides: the wall is where it is 0. */
export function signWalls({ value, change, time }: Along, tolerance: number): UnitWalls {
  const states = greater(value.value, 0)
  const distance = abs(value.value)
  const parts = {
    distance,
    speed: where(states, neg(change.value), change.value),
    // Squares of the smallest vanish; the numbers themselves are rounded all the same.
    distanceScale: maximum(sqrt(value.variance), distance),
    speedScale: maximum(sqrt(change.variance), abs(change.value)),
    time,
  }
  const walls = rayWalls(parts, tolerance)
  return {
    walls,
    /**
     * Units on a wall that stand still behind it have come to 0 exactly, state 0, if they came; if they stood still
     * before as well, their sign is rounding noise and nothing happens to it.
     */
    statesBehind(wall, there): Tensor {
      const onWall = isOnWall(walls, wall)
      const noise = mul(sqrt(there.variance), tolerance)
      const rises = greater(there.value, noise)
      const falls = less(there.value, neg(noise))
      const leaves = logicalAnd(onWall, logicalOr(falls, walls.comes))
      return logicalOr(logicalAnd(states, logicalNot(leaves)), logicalAnd(onWall, rises))
    },
  }
}
