import { adam, autoencoder, reconstruction, Trainer } from '@facet/models'
import { timeSteps } from '../experiment/time-steps.ts'
import type { OrbitName } from './cases.ts'
import { orbits } from './orbits.ts'
import { bareStep } from './plan.ts'
import { protocolOf } from './settings.ts'

/** How much longer than where the costs were measured a plain training step of an orbit takes here. */
export function calibrateOrbit(name: OrbitName): number {
  const { train } = orbits[name](0)
  const { bottleneck, hidden, learningRate } = protocolOf(name)
  const model = autoencoder({
    input: train.shape[1],
    bottleneck,
    encoderHidden: [hidden],
    decoderHidden: [hidden],
    bottleneckActivation: 'identity',
    seed: 0,
  })
  const trainer = new Trainer(model, train, {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: train.shape[0],
    optimizer: adam({ learningRate }),
    objective: reconstruction(),
  })
  try {
    const seconds = timeSteps(() => {
      trainer.step()
      trainer.finishEpoch()
    })
    return seconds / bareStep
  } finally {
    trainer.release()
  }
}
