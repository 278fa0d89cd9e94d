import * as tf from '@tensorflow/tfjs'

import type { Program } from './program.ts'
import { runTensorFlow } from './tfjs.ts'

/** TensorFlow.js, plain JavaScript. */
export const run: Program = async () => {
  await tf.setBackend('cpu')
  return runTensorFlow(tf)
}
