import type * as Tf from '@tensorflow/tfjs'
import { startTensorFlowTraining } from '../../src/contenders/tensorflow-training.ts'
import { type Course, job, jobRows, meanOf } from './program.ts'
import { firstWeights } from './weights.ts'

/** The job on the backend that is set; losses stay where they are. */
export async function runTensorFlow(tf: typeof Tf): Promise<Course> {
  const { columns, rows, batch, epochs, scored } = job
  const values = jobRows()
  tf.enableProdMode()
  const part = (from: number, count: number) =>
    tf.tensor2d(values.subarray(from * columns, (from + count) * columns), [count, columns])
  const training = startTensorFlowTraining(tf, firstWeights())
  const batches = Array.from({ length: rows / batch }, (_, i) => part(i * batch, batch))
  let firstStep = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const x of batches) {
      tf.dispose(training.step(x, null))
      if (firstStep === 0) firstStep = performance.now()
    }
  }
  const trained = performance.now()
  const x = part(0, scored)
  const errors = tf.mean(tf.squaredDifference(training.reconstruct(x), x), 1)
  return { firstStep, trained, error: meanOf(await errors.data()) }
}
