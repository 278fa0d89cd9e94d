import { Autoencoder, network } from '@facet/models'
import { key } from '@facet/tensor'
import { randomNetworks } from '../../../../models/src/testing/random-layers.ts'

/** A dense network of float64 beside one of some kind. */
const beside = (seed: number, inputs: number, outputs: number) =>
  network({
    sizes: [inputs, 5, outputs],
    activations: ['leakyRelu', 'abs'],
    hiddenBias: 'normal',
    key: key(seed),
    dtype: 'float64',
  })

/** Autoencoders by name and seed: with one layer of each kind, and with random stacks, as encoder and as decoder. */
export const randomAutoencoders: readonly (readonly [string, (seed: number) => Autoencoder])[] =
  randomNetworks.flatMap(([name, make]) => [
    [
      `${name} as encoder`,
      (seed) => {
        const encoder = make(seed)
        return new Autoencoder(encoder, beside(seed, encoder.outputs, encoder.inputs))
      },
    ],
    [
      `${name} as decoder`,
      (seed) => {
        const decoder = make(seed)
        return new Autoencoder(beside(seed, decoder.outputs, decoder.inputs), decoder)
      },
    ],
  ])
