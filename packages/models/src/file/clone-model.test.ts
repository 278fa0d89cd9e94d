import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { Autoencoder } from '../autoencoder.ts'
import { dense } from '../build/plans/dense.ts'
import { autoencoder, cloneModel, fit, Network, saveModel, sequential } from '../index.ts'
import { layerKinds } from '../layers/kinds.ts'
import { knownKinds } from '../layers/known-kinds.ts'
import { knownRow } from '../layers/layer-kind.ts'
import { Scale, scaleKind } from '../testing/own-kinds.ts'
import { randomNetworks } from '../testing/random-layers.ts'

beforeAll(() => init())

describe('a copy of a model', () => {
  it.each(randomNetworks)('with %s is written as the very same file', async (_, draw) => {
    const net = draw(3)
    const ends = (input: number, units: number, name: string) =>
      sequential({
        input: [input],
        layers: [dense({ units, activation: 'identity' })],
        key: key(3),
        name,
        dtype: net.dtype,
      })
    const encoder = new Network([...net.layers, ...ends(net.outputs, 2, 'bottleneck').layers], 'encoder')
    const model = new Autoencoder(encoder, ends(2, net.inputs, 'decoder'))
    expect(await saveModel(cloneModel(model))).toEqual(await saveModel(model))
  })

  it('keeps its numbers while the model is trained', async () => {
    const model = autoencoder({ input: 4, bottleneck: 2, seed: 0 })
    const x = key('x').normal([8, 4])
    const copy = cloneModel(model)
    const before = model.reconstruct(x).toArray()
    await fit(model, x, { epochs: 2, batchSize: 4 })
    expect(copy.reconstruct(x).toArray()).toEqual(before)
    expect(model.reconstruct(x).toArray()).not.toEqual(before)
  })

  it('has tied weights that are one tensor', () => {
    const { encoder } = autoencoder({
      input: 2,
      bottleneck: 2,
      encoderHidden: [],
      decoderHidden: [],
      seed: 0,
    })
    const copy = cloneModel(new Autoencoder(encoder, new Network(encoder.layers, 'decoder')))
    const [own, tied] = [copy.encoder, copy.decoder].map(({ parameters }) => parameters[0].value)
    expect(tied).toBe(own)
    expect(own).not.toBe(encoder.parameters[0].value)
  })

  it("of layers of one's own asks for their rows, as files do", () => {
    const { encoder, decoder } = autoencoder({ input: 4, bottleneck: 2, seed: 0 })
    const scale = new Scale('scale', key('s').normal([4]))
    const model = new Autoencoder(new Network([scale, ...encoder.layers], 'encoder'), decoder)
    expect(() => cloneModel(model)).toThrow(
      "cloneModel: encoder: expected plain layers of a kind among dense, conv, convTranspose, maxPool, averagePool, upsample, maxout, residual, shift, reshape, which a file can hold, or of one of your own whose row is given as { kinds: [row] }, got layer 0 'scale', a Scale of kind 'scale'",
    )
    const copy = cloneModel(model, { kinds: [scaleKind] })
    expect(copy.encoder.layers[0]).toBeInstanceOf(Scale)
    expect(() => cloneModel(encoder as never)).toThrow('cloneModel: expected an Autoencoder, got')
  })
})

describe('the rows that layers have themselves', () => {
  it('are those of the table, whose names are known without it', () => {
    expect(layerKinds.map(({ kind }) => kind)).toEqual(knownKinds)
    expect(layerKinds.map(({ layer }) => knownRow(layer.prototype))).toEqual(layerKinds)
  })
})
