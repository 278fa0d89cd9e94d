import { rows, scope, square, sub, sum, type Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'
import { checkSamples } from './check-samples.ts'
import { checkTargets } from './check-targets.ts'
import { chunksOf } from './chunks.ts'
import type { Samples } from './samples.ts'

/** Sums of squared errors, chunk by chunk. */
export function* squaredErrorChunks(
  model: Autoencoder,
  { x: data, y: targets }: Samples,
): Generator<number, void, void> {
  for (const [from, to] of chunksOf(data.shape[0])) {
    yield scope(() => {
      const x = rows(data, from, to)
      const y = targets === undefined ? x : rows(targets, from, to)
      return sum(square(sub(model.reconstruct(x), y))).item()
    })
  }
}

/**
 * Mean squared reconstruction error over samples and dimensions, computed in chunks.
 *
 * @param data `[n, d]`, n ≥ 1
 * @param targets `[n, d]`, what the data are to become; left out, the data themselves
 * @throws if data or targets do not fit the model's input or dtype, or each other.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, reconstructionError } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const testError = reconstructionError(model, key('test').normal([100, 8]))
 */
export function reconstructionError(model: Autoencoder, data: Tensor, targets?: Tensor): number {
  checkSamples('reconstructionError', 'data', model, data)
  checkTargets('reconstructionError', 'data', model, { x: data, y: targets })
  let total = 0
  for (const chunk of squaredErrorChunks(model, { x: data, y: targets })) total += chunk
  return total / data.size
}
