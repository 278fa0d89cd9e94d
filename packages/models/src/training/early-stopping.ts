import type { EpochRecord } from './history.ts'

/**
 * Epochs up to the last whose validation error was not below the lowest before by more than `minDelta`, as Keras and PyTorch Lightning
 * count them. A function of the history, so that a checkpoint needs no counter.
 */
export function epochsWithoutImprovement(epochs: readonly EpochRecord[], minDelta: number): number {
  let best = Number.POSITIVE_INFINITY
  let waited = 0
  for (const { validation = best } of epochs) {
    const isBetter = validation < best - minDelta
    if (isBetter) best = validation
    waited = isBetter ? 0 : waited + 1
  }
  return waited
}
