import { adam, autoencoder, reconstruction, Trainer } from '@facet/models'
import { key } from '@facet/tensor'
import { timeSteps } from '../experiment/time-steps.ts'
import { costOfStep } from './plan.ts'
import type { SetSizes } from './set-sizes.ts'
import type { ReproduceSettings } from './settings.ts'

/** How much longer than where the costs were measured a plain training step takes here, with these settings. */
export function calibrateReproduce(settings: ReproduceSettings, { length }: SetSizes): number {
  const { hidden, bottleneck, bottleneckActivation, batchSize, learningRate } = settings
  const model = autoencoder({
    input: length,
    bottleneck,
    encoderHidden: [hidden, hidden],
    decoderHidden: [hidden, hidden, hidden],
    bottleneckActivation,
    seed: 0,
  })
  const trainer = new Trainer(model, key('calibration').normal([batchSize, length]), {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize,
    optimizer: adam({ learningRate }),
    objective: reconstruction(),
  })
  try {
    const seconds = timeSteps(() => {
      trainer.step()
      trainer.finishEpoch()
    })
    return seconds / costOfStep('ae', batchSize, length)
  } finally {
    trainer.release()
  }
}
