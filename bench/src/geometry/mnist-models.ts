import { loadMnist } from '@facet/data/node'
import {
  Autoencoder,
  adam,
  autoencoder,
  conv,
  convAutoencoder,
  dense,
  type FitOptions,
  fit,
  maxPool,
  Network,
  network,
  reconstruction,
  reconstructionError,
  sequential,
} from '@facet/models'
import { key, type Tensor } from '@facet/tensor'

/** Images of digits that models are trained and looked at with. */
export interface Digits {
  readonly train: Tensor
  readonly test: Tensor
}

/** Some of MNIST, the same for the same seed. @param folder of the four IDX files */
export async function digitsOf(folder: string, count: number): Promise<Digits> {
  return await loadMnist(folder, { sample: { count, seed: 0 } })
}

/** Of dense autoencoders: regions are counted with those of the bottleneck's units. */
const rectified = { input: 784, bottleneck: 10, bottleneckActivation: 'relu' } as const

/** Autoencoders of 28 × 28 pixels by their names. */
export const mnistModels: Readonly<Record<string, () => Autoencoder>> = {
  'dense 784-512-256-10-256-512-784': () =>
    autoencoder({ ...rectified, encoderHidden: [512, 256], decoderHidden: [256, 512] }),
  'dense 784-64-10-64-784': () => autoencoder({ ...rectified, encoderHidden: [64], decoderHidden: [64] }),
  'convolutional, strides: 4, 8 channels, 10': () => strided([4, 8]),
  'convolutional, strides: 16, 32 channels, 10': () => strided([16, 32]),
  'convolutional, max-pooling: 2, 4 channels, 10': () => pooled([2, 4]),
  'convolutional, max-pooling: 8, 16 channels, 10': () => pooled([8, 16]),
}

const strided = (channels: readonly number[]): Autoencoder =>
  convAutoencoder({ input: [1, 28, 28], channels, bottleneck: 10 })

/** Convolutions with max-pooling down, dense layers back. */
function pooled(channels: readonly number[]): Autoencoder {
  const encoder = sequential({
    name: 'encoder',
    input: [1, 28, 28],
    layers: [
      ...channels.flatMap((count) => [conv({ channels: count, padding: 1 }), maxPool({ size: 2 })]),
      dense({ units: 10, activation: 'identity' }),
    ],
    key: key('pooling'),
  })
  const sizes = [10, 128, 784]
  const decoder = network({ name: 'decoder', sizes, activations: ['relu', 'identity'], key: key('pooling') })
  return new Autoencoder(encoder, decoder)
}

/** What training came to. */
export interface Trained {
  /** Of the last epoch. */
  readonly trainLoss: number
  /** Mean squared error on the test digits. */
  readonly testError: number
}

/** Trained briefly. */
export async function trainBriefly(
  model: Autoencoder,
  { train, test }: Digits,
  epochs: number,
): Promise<Trained> {
  const options: FitOptions = {
    epochs,
    batchSize: 32,
    optimizer: adam({ learningRate: 1e-3 }),
    objective: reconstruction(),
    seed: 0,
  }
  // biome-ignore lint/suspicious/noFocusedTests: it trains
  const trained = await fit(model, train, options)
  return { trainLoss: trained.epochs.at(-1)!.train.loss, testError: reconstructionError(model, test) }
}

/** Encoder and decoder as one network. */
export const wholeOf = ({ encoder, decoder }: Autoencoder): Network =>
  new Network([...encoder.layers, ...decoder.layers], 'autoencoder')
