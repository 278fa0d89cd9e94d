import type { Network, RegionCode, RegionLayer } from '@facet/models'
import { absActivation, applySlopes, neg, sqrt, type Tensor } from '@facet/tensor'
import { throughStates, throughWeights, uncertain } from './uncertain.ts'

/**
 * The units of one layer along the ray θ + t v while it stays on one region, all [N, units]. There every
 * pre-activation is affine in t: its distance to the wall where the unit changes state is `distance − t · speed`.
 * Units of an identity layer have no wall, and what is said of theirs means nothing.
 */
export interface RayLayer {
  readonly code: RegionLayer
  /** |pre-activation| at θ. */
  readonly distance: Tensor
  /** How fast the ray brings the unit to its wall; negative away from it. */
  readonly speed: Tensor
  /** What the rounding error of `distance` is in proportion to: an estimate for one machine epsilon. */
  readonly distanceScale: Tensor
  /** The same for `speed`. */
  readonly speedScale: Tensor
}

/**
 * The layers of the network along the rays θ + t v on the regions of a code, up to the last that has walls: one pass for
 * values and one for directional derivatives, each with the variance of its rounding errors.
 *
 * @param theta [N, inputs]
 * @param direction [N, inputs]
 */
export function alongRay(network: Network, code: RegionCode, theta: Tensor, direction: Tensor): RayLayer[] {
  const depth = code.layers.findLastIndex(hasStates) + 1
  let value = uncertain(network.centred(theta))
  let derivative = uncertain(direction)
  return network.layers.slice(0, depth).map((layer, l) => {
    const states = code.layers[l]
    const inside = throughWeights(layer, value, layer.bias?.value ?? null)
    const change = throughWeights(layer, derivative, null)
    value = throughStates(states, inside)
    derivative = throughStates(states, change)
    return {
      code: states,
      distance: awayFromWall(states, inside.value),
      speed: neg(awayFromWall(states, change.value)),
      distanceScale: sqrt(inside.variance),
      speedScale: sqrt(change.variance),
    }
  })
}

/** Whether the units of a layer have walls. */
export function hasWalls({ code }: RayLayer): boolean {
  return hasStates(code)
}

function hasStates({ activation }: RegionLayer): boolean {
  return activation.name !== 'identity'
}

/** `x` with its sign turned in state 0: the slopes of the absolute value, whatever the activation is. */
function awayFromWall(states: RegionLayer, x: Tensor): Tensor {
  return hasStates(states) ? applySlopes(states.words, x, absActivation) : x
}
