import { init, key } from '@facet/tensor'
import { autoencoder, type FitOptions, fit } from '../../index.ts'

/** Trains for about as many seconds as steps are asked for in units of 10,000 on a slow machine, unless it is stopped. */
export async function trainLong(options: Partial<FitOptions>) {
  await init({ backend: 'wasm' })
  const model = autoencoder({ input: 16, bottleneck: 2, encoderHidden: [16], decoderHidden: [16] })
  return fit(model, key('data').normal([64, 16]), { epochs: 5000, batchSize: 16, ...options })
}
