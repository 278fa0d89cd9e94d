import { createRequire } from 'node:module'
import type * as Core from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { convInputs } from '../work/conv.ts'
import type { ConvWork } from '../work/work.ts'
import { startConvTraining } from './tensorflow-conv.ts'

const tf: typeof Core = createRequire(import.meta.url)('@tensorflow/tfjs')

const work: ConvWork = {
  kind: 'conv',
  pass: 'training',
  batch: 2,
  channels: 3,
  filters: 4,
  size: 5,
  inner: true,
}

it('leaves no tensor behind, of a step or of the whole training', async () => {
  await tf.setBackend('cpu')
  const before = tf.memory().numTensors
  const training = startConvTraining(tf, work, convInputs(work))
  tf.dispose(training.step())
  const afterOne = tf.memory().numTensors
  for (let i = 0; i < 5; i++) tf.dispose(training.step())
  expect(tf.memory().numTensors).toBe(afterOne)
  training.release()
  expect(tf.memory().numTensors).toBe(before)
})
