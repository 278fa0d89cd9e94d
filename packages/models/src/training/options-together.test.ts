import { init, key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adamW, cosineDecay, type FitOptions, fit, type History, reconstruction } from '../index.ts'
import { learnedMatrix, tiedModel, trainToEnd } from './testing/tied-training.ts'

beforeAll(() => init())

const data = (dtype: 'float32' | 'float64') => ({
  train: key('data').normal([22, 3], dtype),
  validation: key('other').normal([9, 3], dtype),
})

const options = (dtype: 'float32' | 'float64'): FitOptions => ({
  ...{ epochs: 8, batchSize: 4, accumulate: 3, ema: 0.6, patience: 4, clipGradient: { norm: 0.3 } },
  optimizer: adamW({ learningRate: 0.1, weightDecay: 0.1, decayBiases: false, schedule: cosineDecay() }),
  objective: [reconstruction(), learnedMatrix(dtype)],
})

const trainedBy = ({ execution: _, ...rest }: History) => rest

describe.each([
  ['wasm', 'float32'],
  ['wasm', 'float64'],
  ['reference', 'float32'],
] as const)('clipping, accumulation, averages, decay and patience together (%s, %s)', (backend, dtype) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())
  const bitsOf = (model: ReturnType<typeof tiedModel>) =>
    model.parameters.map(({ value }) => value.dataSync())

  it('give the same bits with replay and without', () => {
    const run = (replay: boolean) => trainToEnd(tiedModel(dtype), data(dtype), { ...options(dtype), replay })
    const [replayed, eager] = [run(true), run(false)]
    expect(replayed.weights).toEqual(eager.weights)
    expect(replayed.final).toEqual(eager.final)
    expect(trainedBy(replayed.history)).toEqual(trainedBy(eager.history))
    expect(replayed.history.execution.obstacle).toBe(
      backend === 'wasm' ? null : "the backend 'reference' does not record",
    )
  })

  it.each([1, 2, 5, 9])('go on after a break at step %i to the same bits', async (steps) => {
    const straight = tiedModel(dtype)
    const history = await fit(straight, data(dtype), options(dtype))
    const stop = new AbortController()
    const onStep = ({ step }: { step: number }) => void (step + 1 === steps && stop.abort())
    const broken = await fit(tiedModel(dtype), data(dtype), {
      ...options(dtype),
      onStep,
      signal: stop.signal,
    })
    const other = tiedModel(dtype)
    const resumed = await fit(other, data(dtype), { ...options(dtype), resume: broken.checkpoint! })
    expect(trainedBy(resumed)).toEqual(trainedBy(history))
    expect(bitsOf(other)).toEqual(bitsOf(straight))
    expect(other.parameters[4].value).toBe(other.parameters[0].value)
  })

  it('are compared when a run is resumed, also where one run has none', async () => {
    const stop = new AbortController()
    const run = options(dtype)
    const { checkpoint } = await fit(tiedModel(dtype), data(dtype), {
      ...run,
      signal: stop.signal,
      onStep: () => stop.abort(),
    })
    const resume = (more: Partial<FitOptions>) =>
      expect(fit(tiedModel(dtype), data(dtype), { ...run, ...more, resume: checkpoint! })).rejects
    await resume({ accumulate: 2 }).toThrow('a checkpoint of another accumulate: expected 2; found 3')
    await resume({ accumulate: 1 }).toThrow('a checkpoint of another accumulate: expected none; found 3')
    await resume({ ema: undefined }).toThrow('a checkpoint of another ema: expected none; found 0.6')
    await resume({ clipGradient: { value: 1 } }).toThrow(
      'a checkpoint of another clipGradient: expected value 1; found norm 0.3',
    )
  })
})
