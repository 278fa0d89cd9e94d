import { mean, square, sub } from '@facet/tensor'
import type { Network } from '../network.ts'
import type { Objective, ObjectiveRun } from './objective.ts'
import { expectLikeOutputs } from './targets.ts'

/**
 * The default objective of a network: mean squared error of its outputs to y [n, out], over samples and dimensions, reported as `mse`.
 *
 * `fit` refuses targets of another shape or dtype than the network's outputs: a y [n] beside outputs [n, 1] would be spread to [n, n].
 *
 * @example
 * import { init, key } from '@facet/tensor'
 * import { fit, meanSquaredError, network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 16, 1], activations: ['relu', 'identity'], key: key(0) })
 * const [x, y] = [key('x').normal([32, 2]), key('y').normal([32, 1])]
 * await fit(net, { x, y }, { epochs: 10, batchSize: 16, objective: meanSquaredError() })
 */
export const meanSquaredError = (): Objective<ObjectiveRun, Network> => ({
  name: 'meanSquaredError',
  trains: 'network',
  checkTargets: (what, net, y) => expectLikeOutputs(`${what}: meanSquaredError`, net, y),
  start: (net) => ({
    parameters: [],
    loss({ x, y }) {
      const mse = mean(square(sub(net.apply(x), y!)))
      return { loss: mse, values: { mse } }
    },
    diagnostics: () => ({}),
  }),
})
