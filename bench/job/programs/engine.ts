import { adam, autoencoder, rowErrors, fit as train } from '@facet/models'
import { init, tensor } from '@facet/tensor'
import { job, jobRows, meanOf, type Program } from './program.ts'

/** Facet by its engine packages. */
export const run: Program = async () => {
  const { columns, hidden, bottleneck, rows, batch, epochs, scored } = job
  const values = jobRows()
  await init({ backend: 'wasm' })
  const model = autoencoder({
    input: columns,
    encoderHidden: [hidden],
    bottleneck,
    bottleneckActivation: 'identity',
    decoderHidden: [hidden],
  })
  const x = tensor(values, { shape: [rows, columns] })
  let firstStep = 0
  await train(model, x, {
    epochs,
    batchSize: batch,
    optimizer: adam({ learningRate: 1e-3 }),
    onStep() {
      if (firstStep === 0) firstStep = performance.now()
    },
  })
  const trained = performance.now()
  const errors = rowErrors(model, tensor(values.subarray(0, scored * columns), { shape: [scored, columns] }))
  return { firstStep, trained, error: meanOf(errors) }
}
