import { type Network, withoutGradient } from '@facet/models'
import { logicalAnd, scope, stopGradient, type Tensor } from '@facet/tensor'
import { expectPoints, expectSameShape } from '../numbers/checks.ts'
import { areFinite } from '../numbers/scaled.ts'
import { knownRegion } from './known-region.ts'
import type { Neighbour } from './neighbour.ts'

/**
 * The region of a second point θ', whatever it is: the pairs of the first order taken as neighbours
 * (docs/mathematics.md 3.3). All count as found, also those that share a region, but for those with a number that is not
 * finite and those where the network says NaN.
 *
 * @param theta [N, inputs]
 * @param second θ', [N, inputs]
 * @returns `point` is θ'.
 * @throws Error for shapes or dtypes that do not fit.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { randomPairs } from '@facet/geometry'
 * await init()
 * const decoder = network({ sizes: [2, 8, 3], activations: ['relu', 'identity'], key: key(0) })
 * randomPairs(decoder, tensor([[0.3, -0.2]]), tensor([[0.4, 0.1]])).found.toArray() // [1]
 */
export function randomPairs(network: Network, theta: Tensor, second: Tensor): Neighbour {
  expectPoints('randomPairs', 'theta', network, theta)
  expectSameShape('randomPairs', 'theta and second', theta, second)
  return scope(() =>
    withoutGradient(network.parameters, () => {
      const point = stopGradient(second)
      const { code, isKnown } = knownRegion(network, point)
      return { code, found: logicalAnd(isKnown, areFinite(stopGradient(theta))), point }
    }),
  )
}
