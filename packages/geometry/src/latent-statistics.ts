import type { RegionCode } from '@facet/models'
import { any, applySlopes, mean, notEqual, ones, scope, square, sub, sum, type Tensor } from '@facet/tensor'
import { describe } from './checks.ts'

/**
 * The total variance `mean_n ‖y_n − mean y‖²` of points, in squared units of the data. Of D(θ) over the sampled region it
 * tells a decoder that satisfies R1 by being constant (SPEC 3.1).
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
  return scope(() => mean(sum(square(sub(points, mean(points, 0, true))), 1)))
}

/**
 * Which units of a layer let something through for at least one sample. A ReLU unit in state 0 for all of the data is
 * dead: it gives 0 and no gradient reaches its weights (SPEC 3.1). Units of other activations are always live.
 *
 * @param code the code of the data
 * @param layer index of the layer, from the end if negative; default −1: of an encoder, the bottleneck.
 * @returns bool [units]
 * @throws RangeError for a layer that does not exist.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { liveUnits } from '@facet/geometry'
 * await init()
 * const layer = new Dense({ name: 'bottleneck', weight: tensor([[1], [-1]]), bias: null, activation: reluActivation })
 * liveUnits(new Network([layer]).regionCode(tensor([[1], [2]]))).toArray() // [1, 0]
 */
export function liveUnits(code: RegionCode, layer = -1): Tensor {
  const states = code.layers.at(layer)
  if (states === undefined) {
    throw new RangeError(`liveUnits: expected a layer of ${code.layers.length}, got ${layer}`)
  }
  return scope(() => {
    const slopes = applySlopes(states.words, ones([code.count, states.units]), states.activation)
    return any(notEqual(slopes, 0), 0)
  })
}
