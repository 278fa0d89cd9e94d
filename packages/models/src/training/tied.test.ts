import { identityActivation, init, key, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  Autoencoder,
  adam,
  Dense,
  fit,
  loadModel,
  Network,
  Parameter,
  restoreModel,
  saveModel,
} from '../index.ts'
import { trainedParameters } from './tied.ts'

beforeAll(() => init())

const numbers = (seed: string) => key(seed).normalArray(9)
const weightOf = (values: Float64Array) => tensor(values, { shape: [3, 3], dtype: 'float32' })

/** 3-3-3-3-3 whose hidden layers hold given weights, four of them. */
function model(weights: ReturnType<typeof weightOf>[]): Autoencoder {
  const layer = (name: string, i: number, isLast: boolean) =>
    new Dense({
      name: `${name}.${i}`,
      weight: weights[(name === 'decoder' ? 2 : 0) + i],
      bias: null,
      activation: isLast ? identityActivation : reluActivation,
    })
  const network = (name: string) => new Network([layer(name, 0, false), layer(name, 1, true)], name)
  return new Autoencoder(network('encoder'), network('decoder'))
}

const options = { epochs: 3, batchSize: 4, optimizer: adam({ learningRate: 0.05 }) }
const data = () => key('data').normal([8, 3])

describe('a tensor that two layers hold', () => {
  const tied = () => {
    const shared = weightOf(numbers('shared'))
    return model([shared, weightOf(numbers('b')), shared, weightOf(numbers('d'))])
  }

  it('is one parameter to train, moved once by the sum of both gradients', async () => {
    const net = tied()
    expect(trainedParameters(net.parameters).distinct.length).toBe(3)
    const [first, , third] = net.parameters
    const before = first.value.dataSync()
    await fit(net, data(), { ...options, epochs: 1, batchSize: 8 })
    expect(third.value).toBe(first.value)
    // The first step of Adam is the learning rate against the sign of the gradient: a second one would double it.
    first.value.dataSync().forEach((value, i) => expect(Math.abs(value - before[i])).toBeLessThan(0.0501))
    expect(Math.abs(first.value.dataSync()[0] - before[0])).toBeGreaterThan(0.0499)
  })

  it('stays one through best weights, a checkpoint and a resumed run, to the same bits', async () => {
    const sets = { train: data(), validation: key('other').normal([5, 3]) }
    const straight = tied()
    await fit(straight, sets, options)
    const stop = new AbortController()
    const onStep = ({ step }: { step: number }) => void (step === 2 && stop.abort())
    const { checkpoint } = await fit(tied(), sets, { ...options, onStep, signal: stop.signal })
    const resumed = tied()
    await fit(resumed, sets, { ...options, resume: checkpoint })
    for (const net of [straight, resumed]) {
      expect(net.parameters[2].value).toBe(net.parameters[0].value)
      expect(net.parameters[0].value.dataSync()).toEqual(straight.parameters[0].value.dataSync())
    }
  })

  it('is the same to train replayed as step by step', async () => {
    const trained = async (replay: boolean) => {
      const net = tied()
      await fit(net, data(), { ...options, epochs: 6, replay })
      return net.parameters.map(({ value }) => value.dataSync())
    }
    expect(await trained(true)).toEqual(await trained(false))
  })

  it('is one again in a model that was saved, loaded or restored', async () => {
    const net = tied()
    const bytes = await saveModel(net)
    const other = tied()
    other.parameters[0].value.dispose()
    for (const layer of [other.encoder.layers[0], other.decoder.layers[0]]) {
      layer.values.weight.value = weightOf(numbers('untied'))
    }
    restoreModel(other, bytes)
    for (const { parameters } of [loadModel(bytes), other]) {
      expect(trainedParameters(parameters).distinct.length).toBe(3)
      parameters.forEach(({ value }, i) => {
        expect(value.dataSync()).toEqual(net.parameters[i].value.dataSync())
      })
    }
  })

  it('is refused under two learning rates, naming both parameters', () => {
    const shared = tensor([1, 2])
    const parameters = [new Parameter('a', shared), new Parameter('b', shared, { learningRate: 0.1 })]
    expect(() => trainedParameters(parameters)).toThrow(
      "fit: parameters 'a' and 'b' hold one tensor: expected one shape and learning rate, " +
        'got [2] at rate of the optimizer and [2] at rate 0.1',
    )
  })
})
