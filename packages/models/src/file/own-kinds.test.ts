import { init, key, mul, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  Autoencoder,
  autoencoder,
  calibrate,
  calibrationFromFile,
  calibrationToFile,
  conv,
  dense,
  explain,
  fit,
  flatten,
  type Layer,
  type LayerKind,
  loadModel,
  loadModelFile,
  Network,
  Residual,
  restoreModel,
  saveModel,
  sequential,
  Trainer,
} from '../index.ts'
import { PRelu, preluKind, Scale, scaleKind } from '../testing/own-kinds.ts'

beforeAll(() => init())

const kinds = [scaleKind, preluKind]

const drawn = (seed: number, size: number): Tensor => key(seed).uniform([size], { low: 0.5, high: 2 })

/** An autoencoder with layers of its own in both halves, one of them within another. */
function modelOf(
  seed: number,
  change: (layers: readonly Layer[]) => readonly Layer[] = (l) => l,
): Autoencoder {
  const { encoder, decoder } = autoencoder({
    input: 4,
    bottleneck: 2,
    encoderHidden: [5],
    decoderHidden: [5],
    seed,
  })
  const own = [
    new Scale('scale', drawn(seed, 4)),
    new PRelu('bend', [4], drawn(seed + 1, 1)),
    new Residual({ name: 'block', layers: [new Scale('inner', drawn(seed + 2, 4))], skip: null }),
  ]
  return new Autoencoder(
    new Network([...change(own), ...encoder.layers], 'encoder'),
    new Network([...decoder.layers, new Scale('back', drawn(seed + 3, 4))], 'decoder'),
  )
}

const x = () => key('x').normal([8, 4])

const numbersOf = ({ parameters }: Autoencoder) => parameters.map(({ value }) => [...value.dataSync()])

const notWritten =
  "or of one of your own whose row is given as { kinds: [row] }, got layer 0 'scale', a Scale of kind 'scale'"
const notRead =
  "loadModel: expected 'encoder.0' of a kind among dense, conv, convTranspose, maxPool, averagePool, upsample, maxout, residual, shift, reshape, or of one of your own whose row is given as { kinds: [row] }, got 'scale'"

describe('a model with layers of its own', () => {
  it('comes back from a file bit for bit, where both sides are given their rows', async () => {
    const model = modelOf(1)
    const bytes = await saveModel(model, { kinds })
    const copy = loadModel(bytes, { kinds })
    const [was, is] = [model.forward(x()), copy.forward(x())]
    expect(is.output.toArray()).toEqual(was.output.toArray())
    expect(is.code.encoder.hash()).toEqual(was.code.encoder.hash())
    expect(copy.parameters.map(({ name }) => name)).toEqual(model.parameters.map(({ name }) => name))
    expect(copy.encoder.layers[0]).toBeInstanceOf(Scale)
    expect(await saveModel(copy, { kinds: [...kinds].reverse() })).toEqual(bytes)
  })

  it('is refused by name without its row by every writer and reader, which say where the row goes', async () => {
    const model = modelOf(1)
    const bytes = await saveModel(model, { kinds })
    await expect(saveModel(model)).rejects.toThrow(notWritten)
    await expect(saveModel(model, { kinds: [] })).rejects.toThrow(notWritten)
    await expect(saveModel(model, { kinds: [scaleKind] })).rejects.toThrow(
      "got layer 1 'bend', a PRelu of kind 'prelu'",
    )
    expect(() => loadModel(bytes)).toThrow(notRead)
    expect(() => loadModelFile(bytes)).toThrow(notRead)
    expect(() => restoreModel(model, bytes)).toThrow(notWritten)
    expect(() => loadModel(bytes, { kinds: [preluKind] })).toThrow("got 'scale'")
  })

  it('finds its row for layers within layers', async () => {
    const inner = modelOf(1, (own) => own.slice(2))
    const message = "got layer 0.0 'inner', a Scale of kind 'scale'"
    await expect(saveModel(inner, { kinds: [preluKind] })).rejects.toThrow(message)
    const bytes = await saveModel(inner, { kinds })
    expect(() => loadModel(bytes)).toThrow("expected 'encoder.0.0' of a kind among")
    expect(loadModel(bytes, { kinds }).reconstruct(x()).toArray()).toEqual(inner.reconstruct(x()).toArray())
  })

  it('keeps what stands beside it in the file', async () => {
    const extras = calibrationToFile(calibrate([1, 2, 3]))
    const bytes = await saveModel(modelOf(1), { ...extras, kinds })
    const file = loadModelFile(bytes, { kinds })
    expect(calibrationFromFile(file)?.errors).toEqual(Float64Array.of(1, 2, 3))
  })

  it('takes the numbers of the file of another', async () => {
    const [model, other] = [modelOf(1), modelOf(2)]
    restoreModel(other, await saveModel(model, { kinds }), { kinds })
    expect(numbersOf(other)).toEqual(numbersOf(model))
  })

  it('is mapped and explained as the same steps of known kinds are', () => {
    const slope = 0.25
    const made = sequential({
      input: [3],
      layers: [dense({ units: 3, activation: { name: 'leakyRelu', alpha: slope }, bias: false })],
      key: key(0),
      dtype: 'float64',
    })
    const weight = made.parameters[0]
    const factors = tensor([2, -1, 0.5], { dtype: 'float64' })
    weight.value.dispose()
    weight.value = tensor(
      [
        [2, 0, 0],
        [0, -1, 0],
        [0, 0, 0.5],
      ],
      { dtype: 'float64' },
    )
    const own = new Network([
      new Scale('s', factors),
      new PRelu('p', [3], tensor([slope], { dtype: 'float64' })),
    ])
    const at = key('x').normal([20, 3], 'float64')
    expect(own.localAffine(at).A.toArray()).toEqual(made.localAffine(at).A.toArray())
    expect(own.regionCode(at).hash()).toEqual(made.regionCode(at).hash())
    const model = modelOf(1)
    const { A, b } = model.localAffine(x())
    expect([A.shape, b.shape]).toEqual([
      [8, 4, 4],
      [8, 4],
    ])
    expect(explain(model, x()).cause.length).toBe(8)
  })

  it('goes on from a checkpoint to the bits of a run that was not interrupted, and not from one of another kind', async () => {
    const options = { epochs: 6, batchSize: 4, validation: x() }
    const whole = modelOf(1)
    await fit(whole, x(), options)
    const trainer = new Trainer(modelOf(1), x(), options)
    trainer.step()
    trainer.step()
    await trainer.finishEpoch()
    trainer.step()
    const resume = trainer.checkpoint()
    trainer.release()
    const resumed = modelOf(1)
    await fit(resumed, x(), { ...options, resume })
    expect(numbersOf(resumed)).toEqual(numbersOf(whole))
    expect(numbersOf(whole)[0]).not.toEqual(numbersOf(modelOf(1))[0])
    class Other extends Scale {
      override readonly kind = 'other'
    }
    const other = modelOf(1, ([, ...rest]) => [new Other('scale', drawn(1, 4)), ...rest])
    await expect(fit(other, x(), { ...options, resume })).rejects.toThrow(
      'fit: resume: a checkpoint of another kind of layers of its own: expected {"kind":"other"',
    )
  })
})

describe('rows of kinds', () => {
  const model = () => autoencoder({ input: 4, bottleneck: 2 })
  const uses: Readonly<Record<string, (kinds: never) => Promise<unknown>>> = {
    saveModel: (kinds) => saveModel(model(), { kinds }),
    loadModel: async (kinds) => loadModel(await saveModel(model()), { kinds }),
    restoreModel: async (kinds) => restoreModel(model(), await saveModel(model()), { kinds }),
  }
  const wrong: readonly (readonly [string, unknown, string])[] = [
    [
      'a known kind',
      [{ ...scaleKind, kind: 'dense' }],
      "kinds[0]: expected a kind that no other row has, got 'dense', where 'dense' has the same",
    ],
    [
      'a kind twice',
      [scaleKind, { ...preluKind, kind: 'scale' }],
      "kinds[1]: expected a kind that no other row has, got 'scale', where 'scale' has the same",
    ],
    [
      'a class twice',
      [scaleKind, { ...scaleKind, kind: 'again' }],
      "kinds[1]: expected a class that no other row has, got 'again', where 'scale' has the same",
    ],
    [
      'no row',
      [null],
      'kinds[0]: expected a row { kind, layer, read }, a text, a class and a function, got null',
    ],
    ['a class alone', [Scale], 'kinds[0]: expected a row { kind, layer, read }'],
    ['a row without a name', [{ ...scaleKind, kind: '' }], 'kinds[0]: expected a row { kind, layer, read }'],
    [
      'a row without read',
      [{ ...scaleKind, read: undefined }],
      'kinds[0]: expected a row { kind, layer, read }',
    ],
    ['a row and no list', scaleKind, 'kinds: expected a list of rows of kinds of layers, got'],
  ]
  it.each(wrong)('are refused for %s by every writer and reader', async (_, rows, message) => {
    for (const [name, use] of Object.entries(uses))
      await expect(use(rows as never), name).rejects.toThrow(`${name}: ${message}`)
  })

  it('are heeded by nobody who does not ask for them', async () => {
    const bytes = await saveModel(model(), { kinds })
    expect(bytes).toEqual(await saveModel(model()))
    expect(loadModel(bytes, { kinds }).reconstruct(x()).toArray()).toEqual(
      loadModel(bytes).reconstruct(x()).toArray(),
    )
    expect(() => loadModel(bytes, { kind: [] } as never)).toThrow(
      "loadModel: unknown option 'kind'; did you mean 'kinds'?",
    )
  })

  it('must read what they say, and layers describe what they are', async () => {
    const bytes = await saveModel(modelOf(1), { kinds })
    const misread: LayerKind = {
      ...scaleKind,
      read: (name, _, source) => new PRelu(name, [4], mul(source.tensor('factors', [4]), 1)),
    }
    expect(() => loadModel(bytes, { kinds: [misread, preluKind] })).toThrow(
      "loadModel: 'encoder.0': expected the row of kind 'scale' to read a Scale of that kind, got a PRelu of kind 'prelu'",
    )
    const empty: LayerKind = { ...scaleKind, read: () => undefined as never }
    expect(() => loadModel(bytes, { kinds: [empty, preluKind] })).toThrow('of that kind, got undefined')
    class Misnamed extends Scale {
      override readonly kind = 'misnamed'
      override describe() {
        return { ...super.describe(), kind: 'scale' }
      }
    }
    const row: LayerKind = { kind: 'misnamed', layer: Misnamed, read: scaleKind.read }
    const own = modelOf(1, () => [new Misnamed('scale', drawn(1, 4))])
    await expect(saveModel(own, { kinds: [...kinds, row] })).rejects.toThrow(
      "saveModel: encoder: expected layer 0 'scale' to describe its kind and name, 'misnamed' and 'scale', got 'scale' and 'scale'",
    )
  })

  it('hold layers of this very class: one made of it needs a row of its own', async () => {
    class Finer extends Scale {}
    const own = modelOf(1, () => [new Finer('scale', drawn(1, 4))])
    await expect(saveModel(own, { kinds })).rejects.toThrow("got layer 0 'scale', a Finer of kind 'scale'")
    expect(own.localAffine(x()).A.shape).toEqual([8, 4, 4])
  })
})

describe('restoreModel', () => {
  it('refuses a file whose layers differ in what the text of the architecture leaves out', async () => {
    const dilated = (dilation: number) => {
      const window = conv({ channels: 1, kernel: 3, dilation, padding: dilation, activation: 'identity' })
      const linear = (units: number) => dense({ units, activation: 'identity' })
      return new Autoencoder(
        sequential({ input: [1, 6], layers: [window, flatten(), linear(2)], key: key(1), name: 'encoder' }),
        sequential({ input: [2], layers: [linear(6)], key: key(2), name: 'decoder' }),
      )
    }
    const bytes = await saveModel(dilated(2))
    expect(() => restoreModel(dilated(1), bytes)).toThrow(
      'restoreModel: a checkpoint of another architecture: expected {',
    )
    const same = dilated(2)
    restoreModel(same, bytes)
    expect(same.parameters[0].value.toArray()).toEqual(dilated(2).parameters[0].value.toArray())
  })
})
