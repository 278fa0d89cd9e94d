import { init, key } from '@facet/tensor'
import { autoencoder, type FitOptions, fit } from '../../index.ts'

/** A small training of 20,000 steps, unless the options say otherwise. */
export async function trainLong(options: Partial<FitOptions>) {
  await init({ backend: 'wasm' })
  const model = autoencoder({ input: 16, bottleneck: 2, encoderHidden: [16], decoderHidden: [16] })
  return fit(model, key('data').normal([64, 16]), { epochs: 5000, batchSize: 16, ...options })
}
