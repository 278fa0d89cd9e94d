import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { Autoencoder } from '../autoencoder.ts'
import { dense } from '../build/plans/dense.ts'
import { sequential } from '../build/sequential.ts'
import { Network } from '../network.ts'
import { copyOf } from '../testing/copy-of.ts'
import { randomNetworks } from '../testing/random-layers.ts'
import { randomPoints } from '../testing/random-models.ts'
import { fit } from '../training/fit.ts'
import { architectureOf, formatArchitecture } from './architecture.ts'
import { loadModel, restoreModel } from './load-model.ts'
import { saveModel } from './save-model.ts'

beforeAll(() => init())

/** An autoencoder with these layers, then a bottleneck of two, and a dense decoder. */
function autoencoderOf(net: Network, seed: number): Autoencoder {
  const ends = (input: number, units: number, name: string) =>
    sequential({
      input: [input],
      layers: [dense({ units, activation: 'identity' })],
      key: key(seed),
      name,
      dtype: net.dtype,
    })
  const bottleneck = ends(net.outputs, 2, 'bottleneck')
  return new Autoencoder(
    new Network([...net.layers, ...bottleneck.layers], 'encoder'),
    ends(2, net.inputs, 'decoder'),
  )
}

const seeds = Array.from({ length: 6 }, (_, seed) => seed)

describe.each(randomNetworks)('a model with %s', (_, draw) => {
  test('comes back from its file bit for bit, with its codes', async () => {
    for (const seed of seeds) {
      const model = autoencoderOf(draw(seed), seed)
      const bytes = await saveModel(model)
      const copy = loadModel(bytes)
      expect(architectureOf(copy)).toEqual(architectureOf(model))
      expect(formatArchitecture(copy)).toBe(formatArchitecture(model))
      expect(copy.parameters.map(({ name }) => name)).toEqual(model.parameters.map(({ name }) => name))
      const x = randomPoints(seed, 3, model.input)
      const [was, is] = [model.forward(x), copy.forward(x)]
      expect([...is.output.dataSync()]).toEqual([...was.output.dataSync()])
      expect(is.code.encoder.hash()).toEqual(was.code.encoder.hash())
      expect(await saveModel(copy)).toEqual(bytes)
    }
  })

  test('takes the numbers of the file of another', async () => {
    const [model, other] = [autoencoderOf(draw(1), 1), autoencoderOf(draw(1), 2)]
    const x = randomPoints(3, 3, model.input)
    restoreModel(other, await saveModel(model))
    expect(other.reconstruct(x).toArray()).toEqual(model.reconstruct(x).toArray())
  })

  test('trains by replay to the bits of eager steps', async () => {
    for (const seed of seeds.slice(0, 3)) {
      const trained = async (replay: boolean) => {
        const model = autoencoderOf(copyOf(draw(seed), 'float32'), seed)
        const data = key('data').normal([12, model.input])
        const { execution } = await fit(model, data, { epochs: 5, batchSize: 6, replay })
        return { execution, values: model.parameters.map(({ value }) => [...value.dataSync()]) }
      }
      const [replayed, eager] = [await trained(true), await trained(false)]
      expect(replayed.execution.obstacle).toBe(null)
      expect(replayed.execution.replayed).toBeGreaterThan(5)
      expect(replayed.values).toEqual(eager.values)
    }
  })
})
