import * as jax from '@jax-js/jax'
import { startJaxTraining } from '../../src/contenders/jax-training.ts'
import { job, jobRows, meanOf, type Program } from './program.ts'
import { firstWeights } from './weights.ts'

/** jax-js, its step compiled. */
export const run: Program = async () => {
  const { columns, rows, batch, epochs, scored } = job
  const values = jobRows()
  const { numpy: np } = jax
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  const part = (from: number, count: number) =>
    np.array(values.slice(from * columns, (from + count) * columns)).reshape([count, columns])
  const training = startJaxTraining(jax, firstWeights(), true)
  let firstStep = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0; from < rows; from += batch) {
      await training.step(part(from, batch))
      if (firstStep === 0) firstStep = performance.now()
    }
  }
  const trained = performance.now()
  const x = part(0, scored)
  const error = np.mean(np.square(training.reconstruct(x.ref).sub(x)), 1)
  return { firstStep, trained, error: meanOf(await error.data()) }
}
