import { init, key, mul, sum, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { adam, adamW, autoencoder, fit, Parameter, stepDecay, Trainer } from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'
import { learnedMatrix, tiedModel, trainToEnd } from './testing/tied-training.ts'

beforeAll(() => init())

const data = () => key('data').normal([8, 3], 'float64')

/** Weights before and after two steps without a gradient: only decay changes them. */
function decayed(optimizer: ReturnType<typeof adamW>) {
  const matrix = new Parameter('matrix', tensor([[2, -4]], { dtype: 'float64' }))
  const own = new Parameter('own', tensor([[8]], { dtype: 'float64' }), { learningRate: 0.5 })
  const bias = new Parameter('bias', tensor([3], { dtype: 'float64' }))
  const parameters = [matrix, own, bias]
  const objective = objectiveOf(
    () => mul(sum(matrix.value), 0),
    () => parameters,
  )
  const model = autoencoder({ input: 3, bottleneck: 1, dtype: 'float64' })
  const trainer = new Trainer(model, data(), { epochs: 1, batchSize: 4, objective, optimizer })
  trainer.step()
  trainer.step()
  trainer.release()
  return parameters.flatMap(({ value }) => [...value.dataSync()])
}

describe('adamW', () => {
  it('takes rate · weightDecay of every parameter in a step, at its own rate and by the schedule', () => {
    const optimizer = adamW({
      learningRate: 0.1,
      weightDecay: 0.2,
      schedule: stepDecay({ every: 1, factor: 0.5 }),
    })
    const factor = (1 - 0.1 * 0.2) * (1 - 0.05 * 0.2)
    const own = (1 - 0.5 * 0.2) * (1 - 0.25 * 0.2)
    const expected = [2 * factor, -4 * factor, 8 * own, 3 * factor]
    decayed(optimizer).forEach((value, i) => void expect(value).toBeCloseTo(expected[i], 14))
  })

  it('leaves biases as they are with decayBiases: false', () => {
    const values = decayed(adamW({ learningRate: 0.1, weightDecay: 0.2, decayBiases: false }))
    expect(values[3]).toBe(3)
    expect(values[0]).toBeCloseTo(2 * 0.98 ** 2, 14)
  })

  it('is Adam, bit for bit, without decay', () => {
    const run = (optimizer: ReturnType<typeof adam>) =>
      trainToEnd(tiedModel('float64'), data(), {
        epochs: 3,
        batchSize: 4,
        objective: learnedMatrix(),
        optimizer,
      })
    expect(run(adamW({ weightDecay: 0 })).weights).toEqual(run(adam()).weights)
    expect(run(adamW()).weights).not.toEqual(run(adam({ weightDecay: 0.01 })).weights)
  })

  it('has the defaults of PyTorch, and a checkpoint knows them', async () => {
    expect(adamW()).toMatchObject({
      name: 'adamW',
      settings: {
        learningRate: 1e-3,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0.01,
        decayBiases: 1,
      },
    })
    const stop = new AbortController()
    const run = { epochs: 2, batchSize: 4, optimizer: adamW() }
    const { checkpoint } = await fit(tiedModel('float64'), data(), {
      ...run,
      signal: stop.signal,
      onStep: () => stop.abort(),
    })
    const other = { ...run, optimizer: adamW({ decayBiases: false }), resume: checkpoint! }
    await expect(fit(tiedModel('float64'), data(), other)).rejects.toThrow(
      'fit: resume: a checkpoint of another optimizer: expected adamW(learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8, weightDecay 0.01, decayBiases 0); found',
    )
  })

  it('refuses what is no decay', () => {
    expect(() => adamW({ weightDecay: -1 })).toThrow('adamW: weightDecay: expected')
    expect(() => adamW({ decayBiases: 1 as never })).toThrow('adamW: decayBiases: expected')
  })
})
