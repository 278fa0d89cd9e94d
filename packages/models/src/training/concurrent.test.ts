import { init, key } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { type Autoencoder, adam, autoencoder, cosineDecay, fit, reconstruction } from '../index.ts'

beforeAll(() => init())

const modelOf = (seed: number) =>
  autoencoder({ input: 4, bottleneck: 2, encoderHidden: [5], decoderHidden: [5], seed })
const bitsOf = (model: Autoencoder) => model.parameters.map(({ value }) => value.dataSync())

it('one objective, optimizer and options object serve several trainings at the same time', async () => {
  const data = key('data').normal([12, 4])
  const options = {
    epochs: 5,
    batchSize: 4,
    optimizer: adam({ learningRate: 0.05, schedule: cosineDecay() }),
    objective: [reconstruction()],
    // Each step lets the other training go on.
    onStep: () => new Promise<void>((resolve) => setTimeout(resolve)),
  }
  const alone = [modelOf(1), modelOf(2)]
  for (const model of alone) await fit(model, data, options)
  const together = [modelOf(1), modelOf(2)]
  await Promise.all(together.map((model) => fit(model, data, options)))
  expect(together.map(bitsOf)).toEqual(alone.map(bitsOf))
  expect(bitsOf(together[0])).not.toEqual(bitsOf(modelOf(1)))
})
