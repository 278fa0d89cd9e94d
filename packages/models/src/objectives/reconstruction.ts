import { mean, square, sub } from '@facet/tensor'
import type { Objective } from './objective.ts'
import { expectLikeOutputs } from './targets.ts'

/**
 * The default objective of an autoencoder: mean squared error over samples and dimensions, reported as `mse`. With targets y [n, d], what
 * samples are to become, it is the error to those.
 *
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, fit, reconstruction } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const data = key('train').normal([32, 8])
 * await fit(model, data, { epochs: 10, batchSize: 16, objective: reconstruction() })
 */
export const reconstruction = (): Objective => ({
  name: 'reconstruction',
  trains: 'autoencoder',
  checkTargets(what, model, y) {
    if (y !== undefined) expectLikeOutputs(`${what}: reconstruction`, model, y)
  },
  start: (model) => ({
    parameters: [],
    loss({ x, y = x }) {
      const mse = mean(square(sub(model.reconstruct(x), y)))
      return { loss: mse, values: { mse } }
    },
    diagnostics: () => ({}),
  }),
})
