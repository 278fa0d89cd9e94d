import {
  add,
  expandDims,
  init,
  key,
  matmul,
  mul,
  neg,
  squeeze,
  sub,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Autoencoder } from '../autoencoder.ts'
import type { Dense } from '../layers/dense.ts'
import type { Network } from '../network.ts'
import { pca } from '../pca.ts'
import { denseLayers } from '../testing/dense-layers.ts'
import { magnitude, maxDifference, randomPoints } from '../testing/random-models.ts'
import { fit } from '../training/fit.ts'
import { reconstructionError } from '../training/reconstruction-error.ts'
import { type AutoencoderOptions, autoencoder } from './autoencoder.ts'

beforeAll(() => init())

/** Samples that vary less and less from column to column, mixed, far from the origin. */
function samples(seed: number, count: number, input: number): Tensor {
  const spread = tensor(
    Array.from({ length: input }, (_, i) => 3 * 0.6 ** i),
    { dtype: 'float64' },
  )
  const codes = mul(key(seed).child('codes').normal([count, input], 'float64'), spread)
  return add(matmul(codes, key(seed).child('mixing').normal([input, input], 'float64')), 5)
}

const base = { input: 6, bottleneck: 3, encoderHidden: [8], decoderHidden: [7], dtype: 'float64' } as const

const skipped = (data: Tensor, more: Partial<AutoencoderOptions> = {}): Autoencoder =>
  autoencoder({ ...base, skip: 'pca', data, ...more })

const centreOf = ({ encoder }: Autoencoder): Tensor => neg(encoder.layers[0].values.value.value)
const offsetOf = ({ decoder }: Autoencoder): Tensor => decoder.layers[1].values.value.value
const skipOf = ({ encoder }: Autoencoder): Tensor => encoder.layers[1].values['skip.weight'].value

/** Makes the last layer of both halves say 0. */
function withoutLayers(model: Autoencoder): Autoencoder {
  for (const half of [model.encoder, model.decoder]) {
    const { weight } = denseLayers(half).at(-1) as Dense
    weight.value = zeros(weight.value.shape, model.dtype)
  }
  return model
}

describe('the skip autoencoder', () => {
  test('is A x + b on every region, with activations, depths, biases, sizes and numbers of samples of any kind', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 })
    const spec = fc.record({
      input: fc.integer({ min: 1, max: 9 }),
      narrowing: fc.nat({ max: 8 }),
      encoderHidden: widths,
      decoderHidden: widths,
      activation: fc.constantFrom('relu', 'leakyRelu', 'abs', 'identity'),
      bias: fc.boolean(),
      count: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(spec, ({ narrowing, count, ...options }) => {
        const { input, seed } = options
        const data = samples(seed, count, input)
        const bottleneck = Math.max(1, input - narrowing)
        const model = autoencoder({
          ...options,
          bottleneck,
          skip: 'pca',
          data,
          dtype: 'float64',
        } as AutoencoderOptions)
        const x = add(mul(randomPoints(seed, 4, input), 3), 5)
        const { output, code } = model.forward(x)
        const { A, b } = model.localAffine(code)
        const found = add(squeeze(matmul(A, expandDims(x, 2)), 2), b)
        expect(maxDifference(found.dataSync(), output.dataSync()) / magnitude(output)).toBeLessThan(1e-12)
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['fewer samples than dimensions', 4],
    ['more samples than dimensions', 30],
  ])('without what its layers say is PCA of its data: %s', (_, count) => {
    const data = samples(1, count, 6)
    const x = randomPoints(2, 9, 6)
    const expected = pca(data, 3).reconstruct(x)
    const found = withoutLayers(skipped(data)).reconstruct(x)
    expect(maxDifference(found.dataSync(), expected.dataSync())).toBeLessThan(1e-12)
  })

  test('begins near PCA, in float32 and float64 with the same numbers', () => {
    const data = samples(3, 40, 6)
    const yardstick = pca(data, 3).error(data)
    const found = reconstructionError(skipped(data), data)
    expect(found).not.toBe(yardstick)
    expect(Math.abs(found - yardstick)).toBeLessThan(0.1 * yardstick)
    const [double, single] = (['float64', 'float32'] as const).map((dtype) => skipped(data, { dtype }))
    double.parameters.forEach(({ value }, i) => {
      expect([...single.parameters[i].value.dataSync()]).toEqual([...value.dataSync()].map(Math.fround))
    })
    expect([...offsetOf(single).dataSync()]).toEqual([...offsetOf(double).dataSync()].map(Math.fround))
  })

  test('has the layers of the plain one, the last ones at a tenth and without bias, and a linear bottleneck', () => {
    const model = skipped(samples(0, 20, 6))
    const plain = autoencoder({ ...base, bottleneckActivation: 'identity' })
    for (const half of ['encoder', 'decoder'] as const) {
      const [layers, drawn] = [denseLayers(model[half]), denseLayers(plain[half])]
      expect(layers.map(({ activation }) => activation.name)).toEqual(['relu', 'identity'])
      expect(layers[0].weight.value.toArray()).toEqual(drawn[0].weight.value.toArray())
      expect(layers[0].bias?.value.toArray()).toEqual(drawn[0].bias?.value.toArray())
      const tenth = mul(drawn[1].weight.value, 0.1)
      expect(layers[1].weight.value.toArray()).toEqual(tenth.toArray())
      expect(layers[1].bias?.value.dataSync().every((value) => value === 0)).toBe(true)
    }
  })

  test('has P_E and P_D among its parameters, in their half and after its layers, and μ not', () => {
    const data = samples(0, 20, 6)
    const model = skipped(data)
    expect(model.parameters.map(({ name, value }) => [name, value.shape])).toEqual([
      ['encoder.0.weight', [8, 6]],
      ['encoder.0.bias', [8]],
      ['encoder.1.weight', [3, 8]],
      ['encoder.1.bias', [3]],
      ['encoder.skip.weight', [3, 6]],
      ['decoder.0.weight', [7, 3]],
      ['decoder.0.bias', [7]],
      ['decoder.1.weight', [6, 7]],
      ['decoder.1.bias', [6]],
      ['decoder.skip.weight', [6, 3]],
    ])
    const mean = pca(data, 0).mean.toArray()
    expect([centreOf(model).toArray(), offsetOf(model).toArray()]).toEqual([mean, mean])
    const kinds = ({ layers }: Network) => layers.map(({ kind }) => kind)
    expect([kinds(model.encoder), kinds(model.decoder)]).toEqual([
      ['shift', 'residual'],
      ['residual', 'shift'],
    ])
  })

  test('lets the directions be zero that its data do not have, and trains them all the same', async () => {
    const data = samples(4, 3, 6)
    const model = skipped(data, { bottleneck: 5 })
    const skip = () => skipOf(model).toArray() as number[][]
    const isZero = (row: number[]) => row.every((value) => value === 0)
    // Three samples vary in two directions.
    expect(skip().map(isZero)).toEqual([false, false, true, true, true])
    await fit(model, data, { epochs: 20, batchSize: 3 })
    expect(skip().map(isZero)).toEqual([false, false, false, false, false])
    const single = skipped(samples(4, 1, 6))
    expect(
      skipOf(single)
        .dataSync()
        .every((value) => value === 0),
    ).toBe(true)
    expect(reconstructionError(single, samples(4, 1, 6))).toBeLessThan(1e-2)
  })

  test('trains P_E and P_D and leaves μ; replayed steps have the bits of eager ones', async () => {
    const data = samples(5, 23, 6)
    const train = async (replay: boolean) => {
      const model = skipped(data, { dtype: 'float32', seed: 3 })
      const before = model.parameters.map(({ value }) => value.dataSync())
      const { execution } = await fit(model, cast32(data), { epochs: 12, batchSize: 8, seed: 1, replay })
      return { model, before, execution, after: model.parameters.map(({ value }) => value.dataSync()) }
    }
    const [replayed, eager] = [await train(true), await train(false)]
    expect(replayed.execution.replayed).toBeGreaterThan(20)
    expect(replayed.execution.obstacle).toBe(null)
    expect(eager.execution.replayed).toBe(0)
    expect(replayed.after).toEqual(eager.after)
    replayed.after.forEach((values, i) => void expect(values).not.toEqual(replayed.before[i]))
    const mean = centreOf(skipped(data, { dtype: 'float32' })).toArray()
    expect(centreOf(replayed.model).toArray()).toEqual(mean)
    expect(offsetOf(replayed.model).toArray()).toEqual(mean)
  })

  test('outlives its data and stays as it is when they are disposed', () => {
    const data = samples(6, 9, 6)
    const model = skipped(data)
    const x = randomPoints(0, 2, 6)
    const before = model.reconstruct(x).toArray()
    data.dispose()
    expect(model.reconstruct(x).toArray()).toEqual(before)
    expect(sub(offsetOf(model), centreOf(model)).toArray()).toEqual(Array(6).fill(0))
  })

  test.each([
    [{ skip: 'mean' }, "autoencoder: skip: expected one of pca, got 'mean'"],
    [{ skip: null }, 'autoencoder: skip: expected one of pca, got null'],
    [{ skip: 'pca' }, "autoencoder: data: expected floats [n, 3] with n ≥ 1, for skip 'pca', got undefined"],
    [{ skip: 'pca', data: [[1, 2, 3]] }, 'autoencoder: data: .* got an array of 1'],
    [{ skip: 'pca', data: () => zeros([4, 2]) }, 'autoencoder: data: .* got float32 [4, 2]'],
    [{ skip: 'pca', data: () => zeros([0, 3]) }, 'autoencoder: data: .* got float32 [0, 3]'],
    [{ skip: 'pca', data: () => zeros([4, 3], 'int32') }, 'autoencoder: data: .* got int32 [4, 3]'],
    [
      { skip: 'pca', data: () => tensor([[1, Number.NaN, 3]]) },
      'autoencoder: expected finite data, got NaN at row 0, column 1',
    ],
    [{ data: () => zeros([4, 3]) }, "autoencoder: data: expected none without skip 'pca', got some"],
    [
      { skip: 'pca', data: () => zeros([4, 3]), bottleneckActivation: 'relu' },
      "autoencoder: bottleneckActivation: expected identity, or none, with a skip, got 'relu'",
    ],
  ])('refuses %j', (wrong, message) => {
    const { data } = wrong as { data?: unknown }
    const options = { input: 3, bottleneck: 2, ...wrong, ...(typeof data === 'function' && { data: data() }) }
    const escaped = message.replaceAll(/[[\]()]/g, '\\$&')
    expect(() => autoencoder(options as AutoencoderOptions)).toThrow(new RegExp(`^${escaped}`))
  })

  test('takes a linear bottleneck by name, and activations of its hidden layers', () => {
    const data = samples(0, 9, 6)
    const model = skipped(data, { bottleneckActivation: 'identity', activation: 'abs' })
    expect(denseLayers(model.encoder).map(({ activation }) => activation.name)).toEqual(['abs', 'identity'])
  })
})

const cast32 = (x: Tensor): Tensor => tensor(Float32Array.from(x.dataSync()), { shape: x.shape })
