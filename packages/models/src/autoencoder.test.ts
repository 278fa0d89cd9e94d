import {
  add,
  expandDims,
  init,
  key,
  leakyReluActivation,
  matmul,
  squeeze,
  tensor,
  zeros,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Autoencoder } from './autoencoder.ts'
import { type AutoencoderOptions, autoencoder } from './build/autoencoder.ts'
import { network } from './build/network.ts'
import { formatArchitecture } from './file/architecture.ts'
import { denseLayers } from './testing/dense-layers.ts'
import {
  buildAutoencoder,
  magnitude,
  maxDifference,
  randomAutoencoder,
  randomPoints,
} from './testing/random-models.ts'

beforeAll(() => init())

describe('Autoencoder', () => {
  test('is D∘E(x) = A^D A^E x + A^D B^E + B^D for every activation, bottleneck activation, depth and bias', () => {
    fc.assert(
      fc.property(randomAutoencoder, (spec) => {
        const model = buildAutoencoder(spec)
        const x = randomPoints(spec[0].seed, 3, model.input)
        const { output, code } = model.forward(x)
        const { A, b } = model.localAffine(code)
        expect([A.shape, b.shape]).toEqual([
          [3, model.input, model.input],
          [3, model.input],
        ])
        const found = add(squeeze(matmul(A, expandDims(x, 2)), 2), b)
        const difference = maxDifference(found.dataSync(), output.dataSync())
        expect(difference / magnitude(output)).toBeLessThan(1e-12)
      }),
      { numRuns: 60 },
    )
  })

  test('applies its Jacobian A^D A^E to a vector a sample, from samples or their codes', () => {
    fc.assert(
      fc.property(randomAutoencoder, (spec) => {
        const model = buildAutoencoder(spec)
        const x = randomPoints(spec[0].seed, 3, model.input)
        const v = randomPoints(spec[1].seed, 3, model.input)
        const { code } = model.forward(x)
        const expected = squeeze(matmul(model.localAffine(code).A, expandDims(v, 2)), 2)
        const found = model.applyJacobian(code, v)
        expect(maxDifference(found.dataSync(), expected.dataSync()) / magnitude(expected)).toBeLessThan(1e-12)
        expect(model.applyJacobian(x, v).toArray()).toEqual(found.toArray())
      }),
      { numRuns: 40 },
    )
  })

  test('gives the same from samples as from their codes', () => {
    const model = autoencoder({
      input: 5,
      bottleneck: 2,
      encoderHidden: [6],
      decoderHidden: [7],
      dtype: 'float64',
    })
    const x = randomPoints(0, 3, 5)
    const [fromSamples, fromCodes] = [model.localAffine(x), model.localAffine(model.regionCode(x))]
    expect(fromSamples.A.toArray()).toEqual(fromCodes.A.toArray())
    expect(fromSamples.b.toArray()).toEqual(fromCodes.b.toArray())
  })

  test('encodes, decodes and reconstructs as its forward pass does', () => {
    const model = autoencoder({ input: 5, bottleneck: 2, seed: 3, dtype: 'float64' })
    const x = randomPoints(1, 4, 5)
    const { output, latent, code } = model.forward(x)
    expect(model.encode(x).toArray()).toEqual(latent.toArray())
    expect(model.decode(latent).toArray()).toEqual(output.toArray())
    expect(model.reconstruct(x).toArray()).toEqual(output.toArray())
    expect(code.encoder.equals(model.encoder.regionCode(x)).toArray()).toEqual([1, 1, 1, 1])
    expect(code.decoder.equals(model.decoder.regionCode(latent)).toArray()).toEqual([1, 1, 1, 1])
  })

  test('refuses halves that do not fit', () => {
    const half = (sizes: number[], dtype: 'float32' | 'float64' = 'float32') =>
      network({ sizes, activations: 'relu', key: key(0), dtype })
    expect(() => new Autoencoder(half([5, 2]), half([3, 5]))).toThrow(
      'Autoencoder: an encoder 5 → 2 expects a decoder 2 → 5, got 3 → 5',
    )
    expect(() => new Autoencoder(half([5, 2]), half([2, 5], 'float64'))).toThrow(
      'Autoencoder: expected parameters of one floating dtype, got float32 and float64',
    )
  })

  test('refuses codes in the wrong half', () => {
    const model = autoencoder({ input: 2, bottleneck: 2, encoderHidden: [], decoderHidden: [] })
    const { encoder, decoder } = model.regionCode(zeros([1, 2]))
    expect(() => model.localAffine({ encoder: decoder, decoder: encoder })).toThrow(
      "encoder: expected a code of this network, got one of another network, 'decoder'",
    )
  })
})

describe('autoencoder', () => {
  test('is by default that of Table 1 but for a linear bottleneck, and with a ReLU there it is that', () => {
    const model = autoencoder({ input: 128, bottleneck: 10 })
    const rectified = autoencoder({ input: 128, bottleneck: 10, bottleneckActivation: 'relu' })
    expect(formatArchitecture(rectified)).toBe(
      'float32, encoder 128-64(relu)-64(relu)-10(relu), decoder 10-64(relu)-64(relu)-64(relu)-128(identity)',
    )
    const layers = [...denseLayers(model.encoder), ...denseLayers(model.decoder)]
    expect(layers.map((layer) => [...layer.inputs, ...layer.outputs, layer.activation.name])).toEqual([
      [128, 64, 'relu'],
      [64, 64, 'relu'],
      [64, 10, 'identity'],
      [10, 64, 'relu'],
      [64, 64, 'relu'],
      [64, 64, 'relu'],
      [64, 128, 'identity'],
    ])
    expect([model.input, model.bottleneck, model.dtype]).toEqual([128, 10, 'float32'])
    expect(model.parameters).toHaveLength(14)
    expect(new Set(model.parameters.map((parameter) => parameter.name)).size).toBe(14)
  })

  test('takes activations by name or as they are, the bottleneck its own', () => {
    const names = (options: object) =>
      denseLayers(
        autoencoder({ input: 3, bottleneck: 2, encoderHidden: [4], decoderHidden: [4], ...options }).encoder,
      ).map((layer) => [layer.activation.name, layer.activation.alpha])
    expect(names({ activation: 'abs' })).toEqual([
      ['abs', 0],
      ['identity', 0],
    ])
    expect(names({ activation: leakyReluActivation(0.2), bottleneckActivation: 'relu' })).toEqual([
      ['leakyRelu', 0.2],
      ['relu', 0],
    ])
  })

  test('can go without biases', () => {
    const model = autoencoder({ input: 3, bottleneck: 2, bias: false })
    expect(model.parameters.every((parameter) => parameter.name.endsWith('.weight'))).toBe(true)
  })

  test('draws hidden decoder biases from N(0, 1) on request and leaves the others at 0', () => {
    const model = autoencoder({ input: 3, bottleneck: 2, initialisation: 'heUniform', decoderBias: 'normal' })
    const largest = (biases: number[]) => Math.max(...biases.map(Math.abs))
    const biases = (half: 'encoder' | 'decoder') =>
      denseLayers(model[half]).map((layer) => largest(layer.bias?.value.toArray() as number[]))
    expect(biases('encoder')).toEqual([0, 0, 0])
    const [first, second, third, last] = biases('decoder')
    for (const hidden of [first, second, third]) expect(hidden).toBeGreaterThan(1)
    expect(last).toBe(0)
  })

  test('of one seed is one model, of another seed another', () => {
    const weights = (seed: number | string) =>
      autoencoder({ input: 3, bottleneck: 2, seed }).parameters.map((parameter) => parameter.value.toArray())
    expect(weights(1)).toEqual(weights(1))
    expect(weights(1)).not.toEqual(weights(2))
    expect(weights('a')).not.toEqual(weights('b'))
  })

  test('refuses sizes that cannot be', () => {
    expect(() => autoencoder({ input: 3, bottleneck: 4 })).toThrow(
      "autoencoder: expected a bottleneck of at most the input's 3, got 4",
    )
    expect(() => autoencoder({ input: 0, bottleneck: 1 })).toThrow(
      'autoencoder: input: expected an integer of at least 1, got 0',
    )
    expect(() => autoencoder({ input: 3, bottleneck: 1.5 })).toThrow(
      /bottleneck: expected an integer of at least 1, got 1.5/,
    )
    expect(() => autoencoder({ input: 3, bottleneck: 1, encoderHidden: [-1] })).toThrow(
      /encoderHidden: .* got -1/,
    )
    expect(() => autoencoder({ input: 3, bottleneck: 1, decoderHidden: [Number.NaN] })).toThrow(
      /decoderHidden: .* got NaN/,
    )
  })

  test.each([
    [{ hidden: [3] }, "unknown option 'hidden'; did you mean 'encoderHidden'?"],
    [{ encoderHidden: 64 }, 'encoderHidden: expected a list of widths, got 64'],
    [{ activation: 'tanh' }, "expected an activation among identity, relu, leakyRelu, abs, got 'tanh'"],
    [{ bottleneckActivation: { name: 'tanh', alpha: 0 } }, "expected an activation among .*, got 'tanh'"],
    [{ initialisation: 'xavier' }, "initialisation: expected one of torchUniform, .*, got 'xavier'"],
    [{ decoderBias: 'zeros' }, "decoderBias: expected one of default, normal, got 'zeros'"],
    [{ dtype: 'float16' }, "dtype: expected one of float32, float64, got 'float16'"],
    [{ bias: 0 }, 'bias: expected true or false, got 0'],
    [{ bottleneck: undefined }, 'bottleneck: expected an integer of at least 1, got undefined'],
  ])('refuses options that cannot be: %j', (wrong, message) => {
    expect(() => autoencoder({ input: 3, bottleneck: 2, ...wrong } as AutoencoderOptions)).toThrow(
      new RegExp(`^autoencoder: ${message.replaceAll('?', '\\?')}`),
    )
  })

  test('says which half got a wrong input', () => {
    const model = autoencoder({ input: 3, bottleneck: 2 })
    expect(() => model.encode(tensor([[1, 2, 3]], { dtype: 'float64' }))).toThrow(
      'encoder: expected x float32 [N, 3], got float64 [1, 3]',
    )
    expect(() => model.encode([[1, 2, 3]] as never)).toThrow('got an array of 1')
    expect(() => model.encode(tensor([[1, 2]]))).toThrow(
      'encoder: expected x float32 [N, 3], got float32 [1, 2]',
    )
    expect(() => model.decode(tensor([[1, 2, 3]]))).toThrow(
      'decoder: expected x float32 [N, 2], got float32 [1, 3]',
    )
  })
})
