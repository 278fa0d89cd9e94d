import { rows, scope } from '@facet/tensor'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import type { LossStep } from '../objectives/objective.ts'
import { evaluate, type NamedRuns } from '../objectives/sum.ts'
import type { Averages } from './averages.ts'
import { chunksOf } from './chunks.ts'
import { squaredErrorChunks } from './reconstruction-error.ts'
import type { Samples } from './samples.ts'

/** Computes a validation error piece by piece: `fit` lets the page breathe between two. */
export type Validate = (at: LossStep) => Generator<void, number, void>

/**
 * Of an autoencoder the mean squared error of reconstructions, to the targets where there are any, whatever is minimised, so that objectives can be compared; of a network the mean
 * over samples of what is minimised, all objectives together. Where averages are kept it is theirs.
 */
export function validationOf(
  model: Model,
  objectives: NamedRuns,
  samples: Samples,
  averages: Averages | null,
): Validate {
  const isNetwork = model instanceof Network
  const count = isNetwork ? samples.x.shape[0] : samples.x.size
  return function* (at) {
    const sums = isNetwork ? lossChunks(objectives, samples, at) : squaredErrorChunks(model, samples)
    const next = (): IteratorResult<number, void> => sums.next()
    // Between two pieces the parameters have their own values: who waits there may look at them.
    const piece = () => (averages === null ? next() : averages.within(next))
    let total = 0
    for (let sum = piece(); !sum.done; sum = piece()) {
      total += sum.value
      yield
    }
    return total / count
  }
}

/** Losses chunk by chunk, each weighted by its samples; every chunk has draws of its own. */
function* lossChunks(objectives: NamedRuns, { x, y }: Samples, at: LossStep): Generator<number, void, void> {
  for (const [from, to] of chunksOf(x.shape[0])) {
    yield scope(() => {
      const batch = {
        x: rows(x, from, to),
        ...(y !== undefined && { y: rows(y, from, to) }),
        indices: Int32Array.from({ length: to - from }, (_, i) => from + i),
      }
      return evaluate(objectives, batch, { ...at, key: at.key.child(from) }).loss.item() * (to - from)
    })
  }
}
