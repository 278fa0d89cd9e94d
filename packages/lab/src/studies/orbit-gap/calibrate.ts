import { autoencoder } from '@facet/models'
import { secondsPerStep } from '../../study/seconds-per-step.ts'
import type { OrbitName } from './cases.ts'
import { orbits } from './orbits.ts'
import { bareStep } from './plan.ts'
import { protocolOf } from './settings.ts'

/** How much longer than where the costs were measured a plain training step of an orbit takes here. */
export function calibrateOrbit(name: OrbitName): number {
  const { train } = orbits[name](0)
  const { bottleneck, hidden } = protocolOf(name)
  const model = autoencoder({
    input: train.shape[1],
    bottleneck,
    encoderHidden: [hidden],
    decoderHidden: [hidden],
    bottleneckActivation: 'identity',
    seed: 0,
  })
  return secondsPerStep(model, train) / bareStep
}
