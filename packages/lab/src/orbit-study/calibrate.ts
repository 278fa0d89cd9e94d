import { adam, reconstruction, Trainer } from '@facet/models'
import { key } from '@facet/tensor'
import { timeSteps } from '../experiment/time-steps.ts'
import type { SetSizes } from '../reproduce/set-sizes.ts'
import { epochsOf, studyNet } from './net.ts'
import { costOfSample } from './plan.ts'
import type { OrbitStudySettings } from './settings.ts'

/** How much longer than where the costs were measured a step of `ae` takes here, with these settings. */
export function calibrateStudy(settings: OrbitStudySettings, { train, length }: SetSizes): number {
  const { batch } = epochsOf(settings, train)
  const data = key('calibration').normal([Math.max(batch, settings.bottleneck), length])
  const trainer = new Trainer(studyNet({ ...settings, net: 'plain' }, data, 'calibration'), data, {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: batch,
    dropLast: true,
    optimizer: adam({ learningRate: settings.learningRate }),
    objective: reconstruction(),
  })
  try {
    const seconds = timeSteps(() => {
      trainer.step()
      if (trainer.epochDone) trainer.finishEpoch()
    })
    return (1000 * seconds) / (batch * costOfSample(length))
  } finally {
    trainer.release()
  }
}
