import { init, key, tensor } from '@facet/tensor'
import '@facet/tensor/gpu'
import { expect, it } from 'vitest'
import { classificationAccuracy, crossEntropy, fit, network } from '../index.ts'

it('a network learns classes on the GPU as on wasm', async () => {
  const trained = async (backend: 'wasm' | 'gpu') => {
    await init({ backend })
    const net = network({ sizes: [2, 8, 3], activations: ['relu', 'identity'], key: key(0) })
    const x = key('x').normal([22, 2])
    const y = tensor(Int32Array.from({ length: 22 }, (_, i) => i % 3))
    const { epochs } = await fit(
      net,
      { train: { x, y }, validation: { x, y } },
      { epochs: 8, batchSize: 11, objective: crossEntropy() },
    )
    const weights = net.parameters.flatMap(({ value }) => [...value.dataSync()])
    return { epochs, weights, accuracy: classificationAccuracy(net, x, y) }
  }
  const [gpu, wasm] = [await trained('gpu'), await trained('wasm')]
  gpu.weights.forEach((value, i) => void expect(value).toBeCloseTo(wasm.weights[i], 4))
  gpu.epochs.forEach(({ train, validation }, e) => {
    expect(train.crossEntropy).toBeCloseTo(wasm.epochs[e].train.crossEntropy, 4)
    expect(train.accuracy).toBeCloseTo(wasm.epochs[e].train.accuracy, 6)
    expect(validation).toBeCloseTo(wasm.epochs[e].validation!, 4)
  })
  expect(gpu.accuracy).toBe(wasm.accuracy)
}, 120_000)
