import type { Network, RegionCode } from '@facet/models'
import {
  concat,
  greater,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  mul,
  neg,
  sqrt,
  type Tensor,
} from '@facet/tensor'
import { codeOf, type RayLayer, type RayWalls } from './ray.ts'
import { throughStates, throughWeights, type Uncertain } from './uncertain.ts'
import { approaches, type FirstWall, isOnWall } from './wall.ts'

/**
 * The code of the rays just behind their first wall, built layer by layer (docs/mathematics.md 3.2).
 *
 * A unit that is not on a wall keeps its state. One that is takes the sign of its directional derivative under the
 * states that the layers before it have by now: with zero bias, units that were identically 0 switch on with the wall.
 * Rays without a wall keep their code.
 */
export function oneSidedCode(
  network: Network,
  layers: readonly RayLayer[],
  wall: FirstWall,
  tolerance: number,
): RegionCode {
  let derivative: Uncertain | undefined
  const states: Tensor[] = []
  for (const { layer, change, walls } of layers) {
    // Nothing has changed before the first layer.
    const there: Uncertain =
      derivative === undefined ? change : throughWeights(layer, derivative, { one: null, isChecked: false })
    derivative = there
    if (walls === null) continue
    const behind = statesBehind(walls, isOnWall(walls, wall, tolerance), there, tolerance)
    derivative = throughStates(codeOf(layer, behind), there)
    states.push(behind)
  }
  return network.codeFromStates(concat(states, 1))
}

/**
 * Units on a wall that stand still behind it have come to 0 exactly, state 0, if they came; if they stood still
 * before as well, their sign is rounding noise and nothing happens to it.
 */
function statesBehind(walls: RayWalls, onWall: Tensor, derivative: Uncertain, tolerance: number): Tensor {
  const noise = mul(sqrt(derivative.variance), tolerance)
  const rises = greater(derivative.value, noise)
  const falls = less(derivative.value, neg(noise))
  const leaves = logicalAnd(onWall, logicalOr(falls, approaches(walls, tolerance)))
  return logicalOr(logicalAnd(walls.states, logicalNot(leaves)), logicalAnd(onWall, rises))
}
