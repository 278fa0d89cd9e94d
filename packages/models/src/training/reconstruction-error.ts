import { rows, scope, square, sub, sum, type Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'
import { checkSamples } from './check-samples.ts'
import { chunksOf } from './chunks.ts'

/** Sums of squared errors, chunk by chunk. */
export function* squaredErrorChunks(model: Autoencoder, data: Tensor): Generator<number, void, void> {
  for (const [from, to] of chunksOf(data.shape[0])) {
    yield scope(() => {
      const x = rows(data, from, to)
      return sum(square(sub(model.reconstruct(x), x))).item()
    })
  }
}

/**
 * Mean squared reconstruction error over samples and dimensions, computed in chunks.
 *
 * @param data `[n, d]`, n ≥ 1
 * @throws if the data do not fit the model's input or dtype.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, reconstructionError } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const testError = reconstructionError(model, key('test').normal([100, 8]))
 */
export function reconstructionError(model: Autoencoder, data: Tensor): number {
  checkSamples('reconstructionError', 'data', model, data)
  let total = 0
  for (const chunk of squaredErrorChunks(model, data)) total += chunk
  return total / data.size
}
