import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Autoencoder, adam, autoencoder, type Network, saveModel, Trainer } from '@facet/models'
import { key, type Tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { openNetwork } from './open-network.ts'
import { partOf } from './part.ts'

let folder: string
const at = (name: string) => join(folder, name)
const settings = {
  data: { path: 'rows.csv', format: null, labels: null, array: null, sample: null },
  normalise: 'columns',
  validation: 0,
  bottleneck: 2,
  hidden: [6],
  decoderHidden: [5],
  bottleneckActivation: 'identity',
  objectives: [{ name: 'reconstruction' }],
  epochs: 4,
  patience: null,
  batchSize: 8,
  learningRate: 0.01,
  seed: 3,
}

beforeAll(async () => {
  await startEngine()
  folder = mkdtempSync(join(tmpdir(), 'facet-network-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const numbers = ({ parameters }: Pick<Network, 'parameters'>) =>
  parameters.map(({ value }) => (value as Tensor).toArray())

describe('openNetwork', () => {
  it('reads the weights of a training that is not finished, as far as it went', async () => {
    const model = autoencoder({
      input: 3,
      bottleneck: 2,
      encoderHidden: [6],
      decoderHidden: [5],
      seed: 3,
      bottleneckActivation: 'identity',
    })
    const trainer = new Trainer(model, key(0).normal([16, 3]), { epochs: 4, batchSize: 8, optimizer: adam() })
    trainer.step()
    writeFileSync(at('checkpoint.safetensors'), trainer.checkpoint())
    const about = { format: 'facet.training', version: 1, facet: '0.1.0', settings, sha256: 'x' }
    writeFileSync(at('training.json'), JSON.stringify(about))
    for (const source of [folder, at('checkpoint.safetensors')]) {
      const { networks } = await openNetwork(source)
      expect(networks.flatMap(numbers)).toEqual(numbers(model))
    }
    writeFileSync(at('training.json'), JSON.stringify({ ...about, settings: { ...settings, hidden: [7] } }))
    await expect(openNetwork(folder)).rejects.toThrow('encoder.0.weight: expected [7, 3], got [6, 3]')
  })

  it('reads a model file, as a whole and in parts', async () => {
    const model = autoencoder({ input: 4, bottleneck: 2, encoderHidden: [6], decoderHidden: [5] })
    writeFileSync(at('model.safetensors'), await saveModel(model))
    const opened = await openNetwork(at('model.safetensors'))
    const x = key(1).normal([5, 4])
    const whole = partOf(opened)
    expect(whole.apply(x).toArray()).toEqual(model.reconstruct(x).toArray())
    expect(numbers(partOf(opened, { part: 'encoder' }))).toEqual(numbers(model.encoder))
    expect(numbers(partOf(opened, { part: 'decoder', layers: [1, 2] }))).toEqual(
      numbers({ parameters: model.decoder.layers[1].parameters }),
    )
    expect(new Autoencoder(opened.networks[0], opened.networks[1]).input).toBe(4)
    writeFileSync(at('broken.safetensors'), 'x')
    await expect(openNetwork(at('broken.safetensors'))).rejects.toThrow('broken.safetensors: ')
  })

  it('draws random networks that their name tells apart, in float64', async () => {
    const of = async (source: string) => {
      const [network] = (await openNetwork(source)).networks
      expect(network.dtype).toBe('float64')
      return network
    }
    const net = await of('random:2-4-4-1')
    expect([net.inputs, net.outputs, net.groups.map(({ units }) => units)]).toEqual([2, 1, [4, 4]])
    expect(numbers(await of('random:2-4-4-1'))).toEqual(numbers(net))
    expect(numbers(await of('random:2-4-4-1,seed=1'))).not.toEqual(numbers(net))
    expect((await of('random:2-4-4-1,no-bias')).parameters.length).toBe(3)
    expect((await of('random:2-4-1,abs')).layers[0].toString()).toContain('abs')
    const images = await of('random:1x4x4-c3-m-c2-5-3')
    expect([images.inputs, images.outputs]).toEqual([16, 3])
    expect(images.groups.map(({ units }) => units)).toEqual([48, 12, 8, 5])
  })
})
