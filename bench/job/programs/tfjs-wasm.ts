import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { Program } from './program.ts'
import { runTensorFlow } from './tfjs.ts'

/** TensorFlow.js, WebAssembly, one thread. */
export const run: Program = async () => {
  setWasmPaths((globalThis as { tfjsKernels?: string }).tfjsKernels ?? '/tfjs/')
  setThreadsCount(1)
  await tf.setBackend('wasm')
  return runTensorFlow(tf)
}
