import { adamW, autoencoder, fit, reconstruction } from '@facet/models'
import { init, key } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { lieGroupFirstOrder, lieGroupSecondOrder, skewSymmetric } from './index.ts'

beforeAll(() => init())

const data = () => ({ train: key('data').normal([22, 6]), validation: key('other').normal([8, 6]) })
const model = () => autoencoder({ input: 6, encoderHidden: [8], bottleneck: 3, decoderHidden: [8], seed: 0 })

const options = () => ({
  ...{ epochs: 6, batchSize: 4, accumulate: 3, ema: 0.8, patience: 6, clipGradient: { norm: 0.5 } },
  optimizer: adamW({ learningRate: 0.02, weightDecay: 0.1 }),
  objective: [
    reconstruction(),
    lieGroupFirstOrder({ weight: 0.1 }),
    lieGroupSecondOrder({ weight: 0.1, generators: skewSymmetric() }),
  ] as const,
})

/** The weights of the model, then the learned generators. */
const bitsOf = (
  net: ReturnType<typeof model>,
  objectives: readonly { readonly parameters: (typeof net)['parameters'] }[],
) => [net, ...objectives].flatMap(({ parameters }) => parameters.map(({ value }) => value.dataSync()))

it('learned generators are clipped, summed up, averaged and decayed as weights are: to the same bits with replay, without, and after a break', async () => {
  const straight = model()
  const history = await fit(straight, data(), options())
  const bits = bitsOf(straight, history.objectives)
  expect(bits.length).toBeGreaterThan(straight.parameters.length)
  expect(history.execution.replayed).toBeGreaterThan(0)

  const eager = model()
  const { objectives } = await fit(eager, data(), { ...options(), replay: false })
  expect(bitsOf(eager, objectives)).toEqual(bits)

  const stop = new AbortController()
  const onStep = ({ step }: { step: number }) => void (step === 6 && stop.abort())
  const { checkpoint } = await fit(model(), data(), { ...options(), onStep, signal: stop.signal })
  const other = model()
  const resumed = await fit(other, data(), { ...options(), resume: checkpoint! })
  expect(bitsOf(other, resumed.objectives)).toEqual(bits)
})
