import { createRequire } from 'node:module'
import type * as Core from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { stepInputs } from '../work/step.ts'
import type { StepWork } from '../work/work.ts'
import { drawPairs } from './tensorflow-first-order.ts'
import { startTensorFlowTraining } from './tensorflow-training.ts'

const tf: typeof Core = createRequire(import.meta.url)('@tensorflow/tfjs')

const work: StepWork = {
  kind: 'step',
  objective: 'lieGroupFirstOrder',
  input: 12,
  encoderHidden: [8],
  bottleneck: 3,
  decoderHidden: [8],
  batch: 4,
}

it('leaves no tensor behind, of a step or of the whole training', async () => {
  const inputs = await stepInputs(work)
  await tf.setBackend('cpu')
  const before = tf.memory().numTensors
  const training = startTensorFlowTraining(tf, inputs)
  const step = () =>
    tf.dispose(tf.tidy(() => training.step(tf.zeros([work.batch, work.input]), drawPairs(tf, 4, 3))))
  step()
  const afterOne = tf.memory().numTensors
  for (let i = 0; i < 5; i++) step()
  expect(tf.memory().numTensors).toBe(afterOne)
  training.release()
  expect(tf.memory().numTensors).toBe(before)
})

it('gives finite numbers where the decoder draws nothing but zeros', async () => {
  const inputs = await stepInputs(work)
  await tf.setBackend('cpu')
  const nothing = Object.fromEntries(
    Object.entries(inputs).map(([name, array]) => [
      name,
      name.startsWith('decoder.') ? { ...array, values: array.values.map(() => 0) } : array,
    ]),
  )
  const training = startTensorFlowTraining(tf, nothing)
  const values = training.step(tf.ones([work.batch, work.input]), drawPairs(tf, 4, 3))
  expect(values.map((value) => value.dataSync()[0])).toEqual([1, 1, 0])
  training.release()
})
