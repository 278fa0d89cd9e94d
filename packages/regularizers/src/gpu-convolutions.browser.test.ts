import {
  Autoencoder,
  conv,
  convAutoencoder,
  dense,
  maxPool,
  type Objective,
  reconstruction,
  reshaped,
  sequential,
  upsample,
} from '@facet/models'
import { key } from '@facet/tensor'
import '@facet/tensor/gpu'
import { describe, expect, it } from 'vitest'
import { isWhole } from '../../../tests/trials.ts'
import {
  contractive,
  denoising,
  higherOrderContractive,
  imageBank,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  skewSymmetric,
} from './index.ts'
import { expectSameTrajectory, trafficOf } from './testing/gpu-training.ts'

const objectives: Readonly<Record<string, () => Objective[]>> = {
  reconstruction: () => [reconstruction()],
  denoising: () => [denoising()],
  contractive: () => [reconstruction(), contractive()],
  higherOrderContractive: () => [reconstruction(), higherOrderContractive()],
  lieGroupFirstOrder: () => [reconstruction(), lieGroupFirstOrder({ generators: skewSymmetric() })],
  lieGroupSecondOrder: () => [reconstruction(), lieGroupSecondOrder({ generators: skewSymmetric() })],
  lieGroupOrbit: () => [
    reconstruction(),
    lieGroupOrbit({ bank: imageBank({ height: 12, width: 12, parts: 'a' }), scale: 0.3 }),
  ],
}

/** Strided and transposed convolutions; and maxima of windows, and their way back by copies. */
const models: Readonly<Record<string, () => Autoencoder>> = {
  'strided convolutions': () =>
    convAutoencoder({ input: [1, 12, 12], channels: [4, 8], bottleneck: 3, seed: 0 }),
  'maxima of windows': () =>
    new Autoencoder(
      sequential({
        input: [1, 12, 12],
        layers: [
          conv({ channels: 4, padding: 1 }),
          maxPool({ size: 2 }),
          maxPool({ size: 3, stride: 2, padding: 1 }),
          dense({ units: 3, activation: 'identity' }),
        ],
        key: key(0),
        name: 'encoder',
      }),
      sequential({
        input: [3],
        layers: [
          dense({ units: 36 }),
          reshaped([1, 6, 6]),
          upsample({ factor: 2 }),
          conv({ channels: 1, padding: 1, activation: 'identity' }),
        ],
        key: key(1),
        name: 'decoder',
      }),
    ),
}

/** Making the kernels of a step takes some seconds: one objective a model is tried, all where all cases of the conformance suite are. */
const tried: Readonly<Record<string, readonly string[]>> = {
  'strided convolutions': isWhole ? Object.keys(objectives) : ['reconstruction'],
  'maxima of windows': isWhole ? Object.keys(objectives) : ['contractive'],
}

const data = (rows: number) => () => key('images').normal([rows, 144])

for (const [layers, model] of Object.entries(models)) {
  describe(`50 training steps of ${layers} on 'gpu' go where those on 'wasm' go, to 1e-3`, () => {
    for (const name of tried[layers])
      it(name, () => expectSameTrajectory({ model, data: data(32), objective: objectives[name], steps: 50 }))
  })

  it(`a training step of ${layers} moves nothing out and leaves no texture`, async () => {
    const found = await trafficOf(model, data(160), objectives.denoising)
    expect(found).toEqual({ movedIn: 2, movedOut: 0, textures: 0 })
  })
}
