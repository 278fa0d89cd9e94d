import { type Network, withoutGradient } from '@facet/models'
import { ones, scope, stopGradient, type Tensor } from '@facet/tensor'
import { expectPoints, expectSameShape } from './checks.ts'
import type { Neighbour } from './neighbour.ts'

/**
 * The region of a second point θ', whatever it is: the pairs of the first order taken as neighbours (SPEC 3). All
 * count as found, also those that share a region.
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
      return { code: network.regionCode(point), found: ones([second.shape[0]], 'bool'), point }
    }),
  )
}
