import { rows, scope } from '@facet/tensor'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import type { LossStep } from '../objectives/objective.ts'
import { evaluate, type NamedRuns } from '../objectives/sum.ts'
import { chunkRows } from './chunk-rows.ts'
import { squaredErrorChunks } from './reconstruction-error.ts'
import type { Samples } from './samples.ts'

/** How well a model does on the validation set: the sum of the pieces over `count`. */
export interface Validation {
  /** `fit` lets the page breathe between them. */
  pieces(at: LossStep): Generator<number, void, void>
  readonly count: number
}

/**
 * Of an autoencoder the mean squared reconstruction error, so that objectives can be compared; of a network the mean over samples of
 * what is minimised, all objectives together.
 */
export function validationOf(model: Model, objectives: NamedRuns, samples: Samples): Validation {
  const { x } = samples
  return model instanceof Network
    ? { pieces: (at) => lossChunks(objectives, samples, at), count: x.shape[0] }
    : { pieces: () => squaredErrorChunks(model, x), count: x.size }
}

/** Losses chunk by chunk, each weighted by its samples; what is drawn is drawn anew for every chunk. */
function* lossChunks(objectives: NamedRuns, { x, y }: Samples, at: LossStep): Generator<number, void, void> {
  const count = x.shape[0]
  for (let from = 0; from < count; from += chunkRows) {
    const to = Math.min(from + chunkRows, count)
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
