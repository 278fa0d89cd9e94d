import { any, notEqual, rows, scope, type Tensor } from '@facet/tensor'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import { chunkRows, chunksOf } from './chunks.ts'

/** Samples encoded at once. */
const encodedRows = 1024

/**
 * Units that are at work on these samples. Of an autoencoder: bottleneck units that are not 0 on every sample; ReLU units die at high
 * learning rates, and a model whose bottleneck is dead predicts a constant. Of a network: units that are not in one state on all samples; the
 * others bend nothing there, and a network of none is affine.
 *
 * @param x `[n, d]`, n ≥ 1
 */
export function liveUnits(model: Model, x: Tensor): number {
  return scope(() => {
    if (!(model instanceof Network)) {
      return countLive(x, encodedRows, (samples) => notEqual(model.encode(samples), 0))
    }
    const statesOf = (samples: Tensor): Tensor => model.regionCode(samples).states()
    const first = statesOf(rows(x, 0, 1))
    return countLive(x, chunkRows, (samples) => notEqual(statesOf(samples), first))
  })
}

/** Units that `isLive` says are, bool [n, units], for any sample of a chunk. */
function countLive(x: Tensor, size: number, isLive: (samples: Tensor) => Tensor): number {
  const live = new Set<number>()
  for (const [from, to] of chunksOf(x.shape[0], size)) {
    const chunk = scope(() => any(isLive(rows(x, from, to)), 0).dataSync())
    chunk.forEach((isAny, unit) => void (isAny && live.add(unit)))
  }
  return live.size
}
