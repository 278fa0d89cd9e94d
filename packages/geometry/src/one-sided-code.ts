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
  packStates,
  sqrt,
  type Tensor,
  unpackStates,
} from '@facet/tensor'
import { hasWalls, type RayLayer } from './ray.ts'
import { throughStates, throughWeights, type Uncertain, uncertain } from './uncertain.ts'
import { approaches, type FirstWall, isOnWall } from './wall.ts'

/**
 * The code of the rays just behind their first wall, built layer by layer (SPEC 3.2).
 *
 * A unit that is not on a wall keeps its state. One that is takes the sign of its directional derivative under the
 * states that the layers before it have by now: with zero bias, units that were identically 0 switch on with the wall.
 * Rays without a wall keep their code.
 */
export function oneSidedCode(
  network: Network,
  layers: readonly RayLayer[],
  direction: Tensor,
  wall: FirstWall,
  tolerance: number,
): RegionCode {
  let derivative = uncertain(direction)
  const states: Tensor[] = []
  layers.forEach((ray, l) => {
    derivative = throughWeights(network.layers[l], derivative, null)
    if (!hasWalls(ray)) return
    const behind = statesBehind(ray, isOnWall(ray, wall, tolerance), derivative, tolerance)
    derivative = throughStates({ ...ray.code, words: packStates(behind) }, derivative)
    states.push(behind)
  })
  return network.codeFromStates(concat(states, 1))
}

/**
 * Units on a wall that stand still behind it have come to 0 exactly, state 0, if they came; if they stood still
 * before as well, their sign is rounding noise and nothing happens to it.
 */
function statesBehind(ray: RayLayer, onWall: Tensor, derivative: Uncertain, tolerance: number): Tensor {
  const noise = mul(sqrt(derivative.variance), tolerance)
  const rises = greater(derivative.value, noise)
  const falls = less(derivative.value, neg(noise))
  const before = unpackStates(ray.code.words, ray.code.units)
  const leaves = logicalAnd(onWall, logicalOr(falls, approaches(ray, tolerance)))
  return logicalOr(logicalAnd(before, logicalNot(leaves)), logicalAnd(onWall, rises))
}
