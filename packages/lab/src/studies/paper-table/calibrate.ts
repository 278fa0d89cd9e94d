import { autoencoder } from '@facet/models'
import { key } from '@facet/tensor'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { secondsPerStep } from '../../study/seconds-per-step.ts'
import { costOfStep } from './plan.ts'
import type { ReproduceSettings } from './settings.ts'

/** How much longer than where the costs were measured a plain training step takes here, with these settings. */
export function calibrateReproduce(settings: ReproduceSettings, { length }: SetSizes): number {
  const { hidden, bottleneck, bottleneckActivation, batchSize } = settings
  const model = autoencoder({
    input: length,
    bottleneck,
    encoderHidden: [hidden, hidden],
    decoderHidden: [hidden, hidden, hidden],
    bottleneckActivation,
    seed: 0,
  })
  const batch = key('calibration').normal([batchSize, length])
  return secondsPerStep(model, batch) / costOfStep('ae', batchSize, length)
}
