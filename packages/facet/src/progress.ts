import type { FitOptions as EngineOptions, EpochRecord, Progress, StepReport } from '@facet/models'
import type { FitProgress } from './options.ts'

/** Seconds between two calls within an epoch. */
const pause = 0.1

/** Callbacks of a training that tell somebody where it stands. */
export function reporter(
  onProgress: (progress: FitProgress) => void,
): Pick<EngineOptions, 'onStep' | 'onEpoch'> {
  let last = Number.NEGATIVE_INFINITY
  let error = Number.NaN
  const tell = ({ stepsDone, totalSteps, stepsPerEpoch, epochs, elapsed, remaining }: Progress): void => {
    last = elapsed
    const epoch = Math.floor(stepsDone / stepsPerEpoch)
    onProgress({ epoch, epochs, step: stepsDone, steps: totalSteps, elapsed, remaining, error })
  }
  return {
    onStep(_: StepReport, progress: Progress) {
      if (progress.elapsed - last >= pause) tell(progress)
    },
    onEpoch({ validation, train }: EpochRecord, progress: Progress) {
      error = validation ?? train.mse ?? train.loss
      if (progress.elapsed - last >= pause || progress.stepsDone === progress.totalSteps) tell(progress)
    },
  }
}
