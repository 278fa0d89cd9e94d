import type { Network, RegionCode } from '@facet/models'
import {
  abs,
  add,
  any,
  expandDims,
  mean,
  mul,
  notEqual,
  ones,
  rows,
  scope,
  sizeOf,
  square,
  squeeze,
  sub,
  sum,
  type Tensor,
} from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { scaled } from '../numbers/scaled.ts'

/**
 * The total variance `mean_n ‖y_n − mean y‖²` of points, in squared units of the data. Of D(θ) over the sampled region it
 * tells a decoder that satisfies R1 by being constant (docs/mathematics.md 5.8). Exactly 0 for equal points, right at any scale at
 * which it has a place in the dtype, NaN where a number is not finite.
 *
 * @param points [N, d]
 * @returns a scalar
 * @throws Error if points is not [N, d] with N ≥ 1.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { totalVariance } from '@facet/geometry'
 * await init()
 * totalVariance(tensor([[0, 0], [2, 4]])).item() // 5
 */
export function totalVariance(points: Tensor): Tensor {
  if (points.rank !== 2 || points.shape[0] === 0) {
    throw new Error(`totalVariance: expected points [N, d] with N ≥ 1, got ${describe(points)}`)
  }
  return scope(() => {
    const halves = mul(points, 0.5)
    const { value, scale } = scaled(sub(halves, rows(halves, 0, 1)))
    const size = mul(squeeze(scale), 2)
    return mul(mul(mean(sum(square(sub(value, mean(value, 0, true))), 1)), size), size)
  })
}

/**
 * Which units of a layer let something through for at least one sample. A ReLU unit in state 0 for all of the data is
 * dead: it gives 0 and no gradient reaches its weights (docs/mathematics.md 5.8). Units of other activations are always live, and so are
 * those that a skip leads past. NaN is state 0.
 *
 * @param code the code of the data under the network
 * @param layer index of the layer, from the end if negative; default −1: of an encoder, the bottleneck.
 * @returns bool [units], the numbers that the layer gives
 * @throws RangeError for a layer that does not exist, Error for a code of another network.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { liveUnits } from '@facet/geometry'
 * await init()
 * const layer = new Dense({ name: 'bottleneck', weight: tensor([[1], [-1]]), bias: null, activation: reluActivation })
 * const net = new Network([layer])
 * liveUnits(net, net.regionCode(tensor([[1], [2]]))).toArray() // [1, 0]
 */
export function liveUnits(network: Network, code: RegionCode, layer = -1): Tensor {
  const { layers, dtype } = network
  const own = layers.at(layer)
  if (own === undefined) throw new RangeError(`liveUnits: expected a layer of ${layers.length}, got ${layer}`)
  if (code.owner !== network) {
    throw new Error(
      `liveUnits: expected a code of '${network.name}', got one of another network, '${code.owner.name}'`,
    )
  }
  const before = layers.slice(0, layer)
  let group = before.reduce((count, { groups }) => count + groups.length, 0)
  return scope(() => {
    const allOf = (units: number) => ones([code.count, units], dtype)
    const through = own.walk<Tensor>(
      {
        affine: (map, _, v) => (map === null ? v : allOf(map.outputs)),
        pieces: (pieces, v) => squeeze(pieces.push(code.words[group++], expandDims(v, 1)), 1),
        add: (a, b) => add(abs(a), abs(b)),
      },
      allOf(sizeOf(own.inputs)),
    )
    return any(notEqual(through, 0), 0)
  })
}
