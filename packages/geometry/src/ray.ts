import type { Network, RegionLayer } from '@facet/models'
import {
  abs,
  absActivation,
  applySlopes,
  type DType,
  div,
  greater,
  isFinite,
  maximum,
  minimum,
  mul,
  neg,
  packStates,
  reciprocal,
  sqrt,
  type Tensor,
  where,
} from '@facet/tensor'
import { type ScaledLayer, scaledLayers } from './scaled-layer.ts'
import { type ScaledRows, throughStates, throughWeights, type Uncertain, uncertain } from './uncertain.ts'

/**
 * The units of one layer along the ray θ + t v while it stays on one region, all [N, units]. There every
 * pre-activation is affine in t: its distance to the wall where the unit changes state is `distance − t · speed`.
 * Every unit and every row has units of its own, distances and speeds too: `time` turns their quotient into time.
 */
export interface RayLayer {
  readonly layer: ScaledLayer
  /** Directional derivatives of the pre-activations. */
  readonly change: Uncertain
  /** What only units with walls have; `null` in an identity layer. */
  readonly walls: RayWalls | null
}

/** The walls of one layer's units; all [N, units] unless it is said. */
export interface RayWalls {
  /** Which units are in state 1 at θ: bool. */
  readonly states: Tensor
  /** |pre-activation| at θ. */
  readonly distance: Tensor
  /** How fast the ray brings the unit to its wall; negative away from it. */
  readonly speed: Tensor
  /** What the rounding error of `distance` is in proportion to: an estimate for one machine epsilon. */
  readonly distanceScale: Tensor
  /** The same for `speed`. */
  readonly speedScale: Tensor
  /** How long it takes to go one unit of distance at one unit of speed, [N, 1]. */
  readonly time: Tensor
}

/** The number 1 in the units of a row stays a number that 0 can be multiplied by. */
const ONE: Readonly<Partial<Record<DType, number>>> = { float32: 2 ** 126, float64: 2 ** 1022 }

/** Rays and the layers of the network along them. */
export interface Rays {
  /** v divided by `speed`. */
  readonly direction: Tensor
  /** The power of two that v is larger by than `direction`, [N, 1]. */
  readonly speed: Tensor
  /** Layers up to the last that has walls. */
  readonly layers: readonly RayLayer[]
  /** Whether every number met on the way is finite: bool [N, 1]. */
  readonly isFinite: Tensor
}

/**
 * The layers of a network along the rays θ + t v on the regions of θ: one pass for values and one for
 * directional derivatives, each with the variance of its rounding errors. Times are those of the rays θ + t `direction`.
 *
 * Every row is divided by a power of two at every layer, values and derivatives apart: numbers stay around 1 and their squares
 * in range, whatever the scale of θ, v, weights and biases.
 *
 * @param theta [N, inputs]
 * @param direction v, [N, inputs]
 */
export function alongRay(network: Network, theta: Tensor, direction: Tensor): Rays {
  const depth = network.layers.findLastIndex(hasStates) + 1
  const from = uncertain(network.centred(theta))
  const along = uncertain(direction)
  let value: Uncertain = from
  let derivative: Uncertain = along
  let one = reciprocal(from.scale)
  let time = from.scale
  let largest = maximum(from.largest, along.largest)
  const layers = scaledLayers(network.layers.slice(0, depth)).map((layer) => {
    const inside = throughWeights(layer, value, { one, isChecked: true })
    const change = throughWeights(layer, derivative, { one: null, isChecked: true })
    if (layer.scale !== null) one = inRange(dividedByBoth(one, inside.scale, layer.scale))
    time = mul(time, div(inside.scale, change.scale))
    largest = maximum(largest, maximum(inside.largest, change.largest))
    if (!hasStates(layer.layer)) {
      value = inside
      derivative = change
      return { layer, change, walls: null }
    }
    const states = greater(inside.value, 0)
    const code = codeOf(layer, states)
    value = throughStates(code, inside)
    derivative = throughStates(code, change)
    return { layer, change, walls: wallsOf(code, states, inside, change, time) }
  })
  return { direction: along.value, speed: along.scale, layers, isFinite: isFinite(largest) }
}

function inRange(one: Tensor): Tensor {
  const most = ONE[one.dtype]!
  return minimum(maximum(one, 1 / most), most)
}

/** `x / (a b)` of powers of two: what brings x nearer to 1 goes first, so that nothing on the way leaves the range. */
function dividedByBoth(x: Tensor, a: Tensor, b: Tensor): Tensor {
  const [larger, smaller] = [maximum(a, b), minimum(a, b)]
  const isLarge = greater(x, 1)
  return div(div(x, where(isLarge, larger, smaller)), where(isLarge, smaller, larger))
}

/** The states of a layer's units, bool [N, units], as part of a region code. */
export function codeOf({ layer }: ScaledLayer, states: Tensor): RegionLayer {
  return { words: packStates(states), units: layer.outputs, activation: layer.activation }
}

function wallsOf(
  { words }: RegionLayer,
  states: Tensor,
  inside: ScaledRows,
  change: ScaledRows,
  time: Tensor,
): RayWalls {
  const distance = abs(inside.value)
  return {
    states,
    distance,
    // The slopes of the absolute value turn the sign in state 0, whatever the activation is.
    speed: neg(applySlopes(words, change.value, absActivation)),
    // Squares of the smallest vanish; the numbers themselves are rounded all the same.
    distanceScale: maximum(sqrt(inside.variance), distance),
    speedScale: maximum(sqrt(change.variance), abs(change.value)),
    time,
  }
}

function hasStates({ activation }: RegionLayer | ScaledLayer['layer']): boolean {
  return activation.name !== 'identity'
}
