import { describe, expect, it } from 'vitest'
import { kernels } from '../packages/tensor/src/backends/wasm/convolution.generated.ts'
import { kernels as linearAlgebra } from '../packages/tensor/src/backends/wasm/linear-algebra.generated.ts'
import { kernels as ordering } from '../packages/tensor/src/backends/wasm/ordering.generated.ts'
import { kernels as spectral } from '../packages/tensor/src/backends/wasm/spectral.generated.ts'
import { bundle } from './bundle.ts'

/** A network without convolutions, written in ops: it learns and scores. */
const denseOps = `
import { affine, init, mean, reluActivation, scope, square, sub, tensor, updateInPlace, zeros } from '@facet/tensor'
import { valueAndGrad } from '@facet/autograd'
await init()
const [x, weight, bias] = [tensor([[1, 2]]), zeros([3, 2]), zeros([3])]
const loss = ([w, b]) => mean(square(sub(affine(x, w, b, reluActivation).output, 1)))
const { value, gradient } = valueAndGrad(loss)([weight, bias])
const state = { parameter: weight, velocity: zeros([3, 2]) }
updateInPlace('sgd', state, [gradient[0]], { learningRate: 0.1, momentum: 0, weightDecay: 0 })
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

/** The same by the one import. */
const oneImport = `
import { fit } from '@facet/facet'
const model = await fit([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]], { bottleneck: 1, epochs: 1 })
globalThis.result = model.score([[1, 1]])
`

const convolution = `
import { conv2d, init, ones } from '@facet/tensor'
await init()
globalThis.result = conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]))
`

/** Two places of a text. */
const slices = (text: string): string[] =>
  [text.length / 4, text.length * 0.7].map((at) => text.slice(at, at + 80))

/** What is in a program with convolutions alone: their WebAssembly, a function's name that calls it, words of a shape rule. */
const traces = [...slices(kernels), 'convolve', 'expected a window of at most']

const found = (text: string): string[] => traces.filter((trace) => text.includes(trace))

describe('kernels come with their ops:', () => {
  it('a bundle with a convolution has its kernels', async () => {
    expect(found(await bundle(convolution))).toEqual(traces)
  })

  it.each([
    ['eigh', 'eigh(ones([2, 2])).values', spectral],
    ['solve', 'solve(ones([2, 2]), ones([2, 2]))', linearAlgebra],
    ['sort', 'sort(ones([2, 2]))', ordering],
  ])('%s brings its own, and no other op those', async (op, call, text) => {
    const program = `import { init, ones, ${op} } from '@facet/tensor'\nawait init()\nglobalThis.result = ${call}`
    const brought = slices(text)
    expect(brought.filter((slice) => slice.length < 80)).toEqual([])
    const bundled = await bundle(program)
    expect(brought.filter((slice) => bundled.includes(slice))).toEqual(brought)
    const dense = await bundle(denseOps)
    expect(brought.filter((slice) => dense.includes(slice))).toEqual([])
  })

  it.each([
    ['of ops', denseOps],
    ['of layers', denseAutoencoder],
    ['by the one import', oneImport],
  ])('a dense network that trains and scores, %s, has none of them', async (_, program) => {
    const text = await bundle(program)
    expect(text).toContain('inner dimensions differ')
    expect(found(text)).toEqual([])
  })
})
