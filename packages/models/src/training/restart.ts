import type { Checkpoint } from './checkpoint.ts'
import { bestEpochOf } from './history.ts'
import { NotFiniteError } from './not-finite-error.ts'

/**
 * A run gone back to the end of the epoch whose weights were the best, with all that was known then; where a checkpoint holds no best
 * weights, as it is. Moments belong to other weights and another rate, and after an overflow they stay infinite: whoever goes on
 * from it begins with new ones.
 */
export function restarted(checkpoint: Checkpoint): Checkpoint {
  const { state, averages } = checkpoint
  const { best, epochs } = state
  const bestEpoch = bestEpochOf(epochs)
  if (best === null || bestEpoch === null) {
    checkpoint.values.forEach(({ data }, i) => {
      if (!data.every(Number.isFinite)) {
        throw new NotFiniteError(
          `fit: restart: expected finite weights in the checkpoint, got NaN or infinity in '${checkpoint.names[i]}'`,
          state.epoch,
        )
      }
    })
    return checkpoint
  }
  const epoch = bestEpoch + 1
  return {
    ...checkpoint,
    state: { ...state, epoch, batch: 0, sums: {}, epochs: epochs.slice(0, epoch) },
    values: best,
    // The best weights of a run that keeps averages are averages.
    averages: averages && best,
  }
}
