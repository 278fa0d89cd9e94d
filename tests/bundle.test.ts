import { describe, expect, it } from 'vitest'
import { kernels } from '../packages/tensor/src/backends/wasm/convolution.generated.ts'
import { bundle } from './bundle.ts'

/** A network without convolutions, written in ops: it learns and scores. */
const denseOps = `
import { affine, init, mean, reluActivation, scope, square, sub, tensor, updateInPlace, zeros } from '@facet/tensor'
import { valueAndGrad } from '@facet/autograd'
await init()
const [x, weight, bias] = [tensor([[1, 2]]), zeros([3, 2]), zeros([3])]
const loss = ([w, b]) => mean(square(sub(affine(x, w, b, reluActivation).output, 1)))
const { value, gradients } = valueAndGrad(loss)([weight, bias])
updateInPlace('sgd', { parameter: weight }, [gradients[0]], { learningRate: 0.1 })
globalThis.result = value.item()
`

/** The same by layers. */
const denseAutoencoder = `
import { init, rows } from '@facet/tensor'
import { adam, autoencoder, fit, reconstruction } from '@facet/models'
import { cylinderBellFunnel } from '@facet/data'
await init()
const { train, test } = cylinderBellFunnel({ seed: 0 })
const model = autoencoder({ input: 128, encoderHidden: [64], bottleneck: 10, decoderHidden: [64], seed: 0 })
await fit(model, train, { epochs: 1, batchSize: 16, optimizer: adam({ learningRate: 1e-3 }), objective: reconstruction() })
globalThis.result = model.reconstructionErrors(test)
`

const convolution = `
import { conv2d, init, ones } from '@facet/tensor'
await init()
globalThis.result = conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]))
`

/** What is in a program with convolutions alone: their WebAssembly of either build, a function's name that calls it, words of a shape rule. */
const traces = [
  kernels.simd.slice(200, 280),
  kernels.relaxed.slice(200, 280),
  'convolve',
  'expected a window of at most',
]

const found = (text: string): string[] => traces.filter((trace) => text.includes(trace))

describe('kernels come with their ops:', () => {
  it('a bundle with a convolution has its kernels', async () => {
    expect(found(await bundle(convolution))).toEqual(traces)
  })

  it.each([
    ['of ops', denseOps],
    ['of layers', denseAutoencoder],
  ])('a dense network that trains and scores, %s, has none of them', async (_, program) => {
    const text = await bundle(program)
    expect(text).toContain('inner dimensions differ')
    expect(found(text)).toEqual([])
  })
})
