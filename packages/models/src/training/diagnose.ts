import { any, type Key, notEqual, rows, scope, type Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'
import type { NamedRuns } from '../objectives/sum.ts'
import type { History } from './history.ts'

/** Samples encoded at once. */
const chunkRows = 1024

/**
 * Bottleneck units that are not 0 on every sample. ReLU units die at high learning rates, and a model whose
 * bottleneck is dead predicts a constant.
 *
 * @param data `[n, d]`
 */
export function liveUnits(model: Autoencoder, data: Tensor): number {
  const live = new Set<number>()
  for (let from = 0; from < data.shape[0]; from += chunkRows) {
    const chunk = scope(() => {
      const z = model.encode(rows(data, from, Math.min(from + chunkRows, data.shape[0])))
      return any(notEqual(z, 0), 0).dataSync()
    })
    chunk.forEach((isLive, unit) => void (isLive && live.add(unit)))
  }
  return live.size
}

/** What the history tells of the final weights: the live units under `model`, then each objective's own numbers. */
export function diagnose(
  model: Autoencoder,
  { names, runs }: NamedRuns,
  data: Tensor,
  key: Key,
): History['diagnostics'] {
  const own = runs.map((run, i) => [names[i], run.diagnostics(data, key.child(i))] as const)
  return {
    model: { bottleneck: model.bottleneck, liveUnits: liveUnits(model, data) },
    ...Object.fromEntries(own),
  }
}
