import { type EpochRecord, NotFiniteError, type Trainer } from '@facet/models'
import { median } from '../text/statistics.ts'
import type { TrainSettings } from './settings.ts'
import { trainerOf } from './train-model.ts'
import type { TrainingSet } from './training-set.ts'
import type { Start } from './unfinished.ts'

/** How long is tried, in milliseconds, and how many steps at most. */
const trial = { milliseconds: 400, steps: 30 }

/** What is known of a training before it goes on. */
export interface Estimate {
  /** Whole epochs that the checkpoint holds, or those that it goes back to. */
  readonly epochs: readonly EpochRecord[]
  readonly stepsPerEpoch: number
  readonly secondsPerEpoch: number
}

/**
 * Tries steps of a model that is thrown away. The first half of them, during which the code is still being compiled, take
 * several times as long as later ones and do not count.
 *
 * @throws Error for a checkpoint that is damaged, or of another training.
 */
export function estimate(settings: TrainSettings, set: TrainingSet, start: Start | null): Estimate {
  const { trainer } = trainerOf(settings, set, start)
  const epochs = [...trainer.epochs]
  const times = timesOf(trainer)
  trainer.release()
  const perStep = times.length === 0 ? 0 : median(times.slice(times.length >> 1))
  // A held-out row is only run forward: a third of a step's work on it, which also has two backward products.
  const validationSteps = (set.validation?.shape[0] ?? 0) / settings.batchSize / 3
  return {
    epochs,
    stepsPerEpoch: trainer.stepsPerEpoch,
    secondsPerEpoch: (perStep * (trainer.stepsPerEpoch + validationSteps)) / 1000,
  }
}

/** Milliseconds of some steps. A loss that is not finite ends them: the training itself will tell of it. */
function timesOf(trainer: Trainer): number[] {
  const times: number[] = []
  const begun = performance.now()
  try {
    while (!trainer.complete && !trainer.epochDone && times.length < trial.steps) {
      const before = performance.now()
      if (before - begun > trial.milliseconds) break
      trainer.step()
      times.push(performance.now() - before)
    }
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error
  }
  return times
}
