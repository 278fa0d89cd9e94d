import {
  init,
  key,
  leakyReluActivation,
  loadSafetensors,
  saveSafetensors,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AutoencoderOptions, autoencoder } from '../build/autoencoder.ts'
import { randomPoints } from '../testing/random-models.ts'
import { architectureOf, formatArchitecture } from './architecture.ts'
import { loadModel, loadModelFile, restoreModel } from './load-model.ts'
import { saveModel } from './save-model.ts'

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

  const skipped = (seed: number, data = key('data').normal([9, 4])) =>
    autoencoder({ ...base, seed, skip: 'pca', data })

  test('with a skip comes back with it, its centre and its offset, bit for bit', async () => {
    const model = skipped(1)
    const copy = loadModel(await saveModel(model))
    expect(architectureOf(copy)).toEqual(architectureOf(model))
    expect(formatArchitecture(model)).toBe(
      'float32, encoder 4-shift [4]-residual(5(relu)-2(identity) + skip), decoder 2-residual(3(relu)-4(identity) + skip)-shift [4]',
    )
    expect(copy.parameters.map(({ name }) => name)).toEqual(model.parameters.map(({ name }) => name))
    const x = tensor([[1, -2, 3, 4]])
    expect(copy.reconstruct(x).toArray()).toEqual(model.reconstruct(x).toArray())
    expect(await saveModel(copy)).toEqual(await saveModel(model))
  })

  test('with a skip can be put into a model of other data, and not into one without', async () => {
    const model = skipped(1)
    const other = skipped(2, key('other').normal([9, 4]))
    restoreModel(other, await saveModel(model))
    const x = tensor([[1, -2, 3, 4]])
    expect(other.reconstruct(x).toArray()).toEqual(model.reconstruct(x).toArray())
    const plain = autoencoder({ ...base, bottleneckActivation: 'identity' })
    const bytes = await saveModel(model)
    expect(() => restoreModel(plain, bytes)).toThrow(/expected float32, .*; found .* \+ skip\), /)
    const plainBytes = await saveModel(plain)
    expect(() => restoreModel(model, plainBytes)).toThrow(
      'restoreModel: a checkpoint of another architecture',
    )
  })

  test('with a skip must have all that its architecture says is around the layers', async () => {
    const architecture = architectureOf(skipped(1))
    const { tensors } = loadSafetensors(await saveModel(skipped(1)))
    const save = (parts: Record<string, Tensor>, described: object = architecture) =>
      saveSafetensors(parts, { 'facet.autoencoder': JSON.stringify(described) })
    const { 'encoder.0.value': _, ...missing } = tensors
    const without = await save(missing)
    expect(() => loadModel(without)).toThrow("loadModel: expected 'encoder.0.value' [4], got none")
    const wrong = await save({ ...tensors, 'decoder.0.skip.weight': tensor([[1]]) })
    expect(() => loadModel(wrong)).toThrow("loadModel: expected 'decoder.0.skip.weight' [4, 2], got [1, 1]")
    for (const frames of [null, {}, { encoder: ['skip'] }, { encoder: ['skip'], decoder: ['scale'] }]) {
      const strange = await save(tensors, { ...architecture, frames })
      expect(() => loadModel(strange)).toThrow("expected 'facet.autoencoder' to describe")
    }
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
        /^restoreModel: a checkpoint of another architecture: expected float32, encoder 4-5\(relu\)-2\(identity\), decoder 2-3\(relu\)-4\(identity\); found /,
      )
    }
    const bytes = await saveModel(
      autoencoder({ ...base, bias: false, activation: leakyReluActivation(0.2), dtype: 'float64' }),
    )
    expect(() => restoreModel(model, bytes)).toThrow(
      'found float64, encoder 4-5(leakyRelu 0.2, no bias)-2(identity, no bias), ' +
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
      JSON.stringify({ encoder: [layer], decoder: [null] }),
      JSON.stringify({ encoder: [layer], decoder: [{ ...layer, kind: 1 }] }),
    ]
    for (const json of broken) {
      const bytes = await saveSafetensors({}, { 'facet.autoencoder': json })
      expect(() => loadModel(bytes)).toThrow(
        `loadModel: expected 'facet.autoencoder' to describe an encoder and a decoder, got ${json}`,
      )
    }
  })

  test.each([
    [{ outputs: '1' }, "loadModel: encoder.0: outputs: expected an integer of at least 1, got '1'"],
    [
      { activation: null },
      'loadModel: expected an activation among identity, relu, leakyRelu, abs, got undefined',
    ],
    [
      { kind: 'attention' },
      /^loadModel: expected 'encoder.0' of a kind among dense, conv, .*, got 'attention'$/,
    ],
  ])('must describe layers that there are: %o', async (wrong, message) => {
    const layer = { inputs: 1, outputs: 1, activation: { name: 'relu', alpha: 0 }, bias: true }
    const json = JSON.stringify({ dtype: 'float32', encoder: [{ ...layer, ...wrong }], decoder: [layer] })
    const bytes = await saveSafetensors({}, { 'facet.autoencoder': json })
    expect(() => loadModel(bytes)).toThrow(message)
  })
})

describe('what stands in a model file beside the model', () => {
  const metadata = { 'facet.note': 'naïve, "quoted"\n✓', 'facet.empty': '' }
  const tensors = {
    'facet.errors': { dtype: 'float64', shape: [2], data: Float64Array.of(0.1, Number.NaN) },
    'facet.words': { dtype: 'uint32', shape: [1, 2], data: Uint32Array.of(7, 2 ** 32 - 1) },
    'facet.none': { dtype: 'float32', shape: [0], data: new Float32Array(0) },
  } as const

  test('comes back bit for bit, and the model does as without', async () => {
    const model = autoencoder(base)
    const file = loadModelFile(await saveModel(model, { metadata, tensors }))
    expect(file.metadata).toEqual(metadata)
    expect(file.tensors).toEqual(tensors)
    expect(await saveModel(file.model)).toEqual(await saveModel(model))
    expect(await saveModel(loadModel(await saveModel(model, { tensors })))).toEqual(await saveModel(model))
  })

  test('may be nothing, or texts that others have added', async () => {
    const bytes = await saveModel(autoencoder(base))
    expect(loadModelFile(bytes)).toMatchObject({ metadata: {}, tensors: {} })
    const { tensors, metadata } = loadSafetensors(bytes)
    const elsewhere = await saveSafetensors(tensors, { ...metadata, format: 'pt' })
    expect(loadModelFile(elsewhere).metadata).toEqual({ format: 'pt' })
  })

  test.each([
    [{ metadata: { note: '' } }, "expected names that begin with 'facet.' beside the model, got 'note'"],
    [{ tensors: { 'encoder.0.weight': tensors['facet.none'] } }, "got 'encoder.0.weight'"],
    [{ metadata: { 'facet.autoencoder': '{}' } }, "'facet.autoencoder' is the model's own"],
    [{ metadata: { 'facet.tied': '{}' } }, "'facet.tied' is the model's own"],
    [{ metadat: {} }, "'metadat'"],
    [{ metadata: { 'facet.note': 7 } }, "expected texts as metadata, got number for 'facet.note'"],
    [{ tensors: { 'facet.x': { dtype: 'float64', shape: [2], data: Float64Array.of(1) } } }, 'facet.x'],
  ])('is refused under other names, and of other kinds: %o', async (extras, message) => {
    await expect(saveModel(autoencoder(base), extras as never)).rejects.toThrow(message)
  })

  test('is laid out as every reader of the format asks', async () => {
    const bytes = await saveModel(autoencoder(base), { metadata, tensors })
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
    expect(bytes[8]).toBe('{'.charCodeAt(0))
    expect((8 + length) % 8).toBe(0)
    const { __metadata__, ...arrays } = header
    expect(Object.values(__metadata__).every((text) => typeof text === 'string')).toBe(true)
    const sizes: Record<string, number> = { F32: 4, F64: 8, U32: 4 }
    let at = 0
    for (const { dtype, shape, data_offsets } of Object.values<Record<string, never>>(arrays)) {
      const [from, to] = data_offsets as number[]
      expect(from).toBe(at)
      expect(from % sizes[dtype]).toBe(0)
      expect(to - from).toBe(sizes[dtype] * (shape as number[]).reduce((product, size) => product * size, 1))
      at = to
    }
    expect(8 + length + at).toBe(bytes.length)
  })
})
