import { init, leakyReluActivation, saveSafetensors, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { architectureOf } from './architecture.ts'
import { type AutoencoderOptions, autoencoder } from './autoencoder-factory.ts'
import { loadModel, restoreModel, saveModel } from './model-file.ts'
import { randomPoints } from './testing/random-models.ts'

beforeAll(() => init())

const base: AutoencoderOptions = { input: 4, bottleneck: 2, encoderHidden: [5], decoderHidden: [3], seed: 1 }

const variants: AutoencoderOptions[] = [
  base,
  { ...base, dtype: 'float64', activation: leakyReluActivation(0.123), bottleneckActivation: 'identity' },
  { ...base, bias: false, activation: 'abs', encoderHidden: [], decoderHidden: [] },
]

describe('a saved model', () => {
  test.each(variants)('comes back bit for bit: %o', async (options) => {
    const model = autoencoder(options)
    const copy = loadModel(await saveModel(model))
    expect(architectureOf(copy)).toEqual(architectureOf(model))
    expect(copy.parameters.map((parameter) => parameter.name)).toEqual(
      model.parameters.map((parameter) => parameter.name),
    )
    copy.parameters.forEach((parameter, i) => {
      expect(parameter.value.dtype).toBe(model.parameters[i].value.dtype)
      expect(parameter.value.dataSync()).toEqual(model.parameters[i].value.dataSync())
    })
    expect(await saveModel(copy)).toEqual(await saveModel(model))
  })

  test('keeps weights that are not finite, or minus zero', async () => {
    const model = autoencoder({ ...base, encoderHidden: [], dtype: 'float64' })
    const odd = tensor([Number.NaN, Number.NEGATIVE_INFINITY], { dtype: 'float64' })
    model.parameters[1].value = odd
    model.parameters[3].value = tensor([-0, 0, 5e-324], { dtype: 'float64' })
    const copy = loadModel(await saveModel(model))
    expect(copy.parameters[1].value.dataSync()).toEqual(odd.dataSync())
    expect([...copy.parameters[3].value.dataSync()].map((value) => Object.is(value, -0))).toEqual([
      true,
      false,
      false,
    ])
    expect(copy.parameters[3].value.dataSync()[2]).toBe(5e-324)
  })

  test('can be put into a model of the same architecture', async () => {
    const [model, other] = [
      autoencoder({ ...base, dtype: 'float64' }),
      autoencoder({ ...base, dtype: 'float64', seed: 2 }),
    ]
    const x = randomPoints(0, 3, 4)
    expect(other.reconstruct(x).toArray()).not.toEqual(model.reconstruct(x).toArray())
    restoreModel(other, await saveModel(model))
    expect(other.reconstruct(x).toArray()).toEqual(model.reconstruct(x).toArray())
  })

  test('of another architecture is refused with both named, and nothing is changed', async () => {
    const model = autoencoder(base)
    const before = model.parameters.map((parameter) => parameter.value.toArray())
    const others: AutoencoderOptions[] = [
      { ...base, bottleneck: 3 },
      { ...base, activation: 'abs' },
      { ...base, bias: false },
      { ...base, dtype: 'float64' },
      { ...base, decoderHidden: [3, 3] },
    ]
    for (const other of others) {
      const bytes = await saveModel(autoencoder(other))
      expect(() => restoreModel(model, bytes)).toThrow(
        /^restoreModel: a checkpoint of another architecture: expected float32, encoder 4-5\(relu\)-2\(relu\), decoder 2-3\(relu\)-4\(identity\); found /,
      )
    }
    const bytes = await saveModel(
      autoencoder({ ...base, bias: false, activation: leakyReluActivation(0.2), dtype: 'float64' }),
    )
    expect(() => restoreModel(model, bytes)).toThrow(
      'found float64, encoder 4-5(leakyRelu 0.2, no bias)-2(leakyRelu 0.2, no bias), ' +
        'decoder 2-3(leakyRelu 0.2, no bias)-4(identity, no bias)',
    )
    expect(model.parameters.map((parameter) => parameter.value.toArray())).toEqual(before)
  })

  test('must be a file of saveModel with all its tensors', async () => {
    const foreign = await saveSafetensors({ a: tensor([1]) }, { made: 'elsewhere' })
    expect(() => loadModel(foreign)).toThrow(
      "loadModel: expected a file of saveModel, with 'facet.autoencoder' in its metadata, got made",
    )
    const architecture = JSON.stringify(architectureOf(autoencoder(base)))
    const empty = await saveSafetensors(
      { 'encoder.0.bias': tensor([1]) },
      { 'facet.autoencoder': architecture },
    )
    expect(() => loadModel(empty)).toThrow("loadModel: expected 'encoder.0.weight' [5, 4], got none")
    const wrong = await saveSafetensors(
      { 'encoder.0.weight': tensor([[1]]) },
      { 'facet.autoencoder': architecture },
    )
    expect(() => loadModel(wrong)).toThrow("loadModel: expected 'encoder.0.weight' [5, 4], got [1, 1]")
  })

  test('must describe an encoder and a decoder', async () => {
    const layer = { inputs: 1, outputs: 1, activation: { name: 'relu', alpha: 0 }, bias: true }
    const broken = [
      '{"encoder',
      'null',
      '{}',
      JSON.stringify({ encoder: [layer], decoder: [] }),
      JSON.stringify({ encoder: [layer], decoder: [{ ...layer, outputs: '1' }] }),
      JSON.stringify({ encoder: [layer], decoder: [{ ...layer, activation: null }] }),
    ]
    for (const json of broken) {
      const bytes = await saveSafetensors({}, { 'facet.autoencoder': json })
      expect(() => loadModel(bytes)).toThrow(
        `loadModel: expected 'facet.autoencoder' to describe an encoder and a decoder, got ${json}`,
      )
    }
  })
})
