import { Trainer } from '@facet/models'
import { median } from '../text/statistics.ts'
import type { TrainSettings } from './settings.ts'
import { newModel, trainerOptions } from './train-model.ts'
import type { TrainingSet } from './training-set.ts'

/** How long is tried, in milliseconds, and how many steps at most. */
const trial = { milliseconds: 400, steps: 30 }

/** What is known of a training before it goes on. */
export interface Estimate {
  /** Whole epochs that the checkpoint holds. */
  readonly epochsDone: number
  readonly secondsPerEpoch: number
}

/**
 * Tries steps of a model that is thrown away. The first half of them, during which the code is still being compiled, take
 * several times as long as later ones and do not count.
 *
 * @throws Error for a checkpoint that is damaged, or of another training.
 */
export function estimate(settings: TrainSettings, set: TrainingSet, resume: Uint8Array | null): Estimate {
  const { train, validation } = set
  const { model, objectives } = newModel(settings, set)
  const data = validation ? { train, validation } : train
  const trainer = new Trainer(model, data, { ...trainerOptions(settings), objective: objectives, resume })
  const epochsDone = Math.floor(trainer.stepsDone / trainer.stepsPerEpoch)
  const times: number[] = []
  const start = performance.now()
  while (!trainer.complete && !trainer.epochDone && times.length < trial.steps) {
    const before = performance.now()
    if (before - start > trial.milliseconds) break
    trainer.step()
    times.push(performance.now() - before)
  }
  trainer.release()
  const perStep = times.length === 0 ? 0 : median(times.slice(times.length >> 1))
  // A held-out row is only run forward: a third of a step's work on it, which also has two backward products.
  const validationSteps = (validation?.shape[0] ?? 0) / settings.batchSize / 3
  return { epochsDone, secondsPerEpoch: (perStep * (trainer.stepsPerEpoch + validationSteps)) / 1000 }
}
