import { type Activation, type ActivationName, key, type Tensor } from '@facet/tensor'
import { describe, expectBoolean, expectCount, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { namedActivation } from './activations.ts'
import { Autoencoder } from './autoencoder.ts'
import {
  type BiasInitialisation,
  biasInitialisations,
  type InitialisationName,
  initialisations,
} from './initialisation.ts'
import { network } from './network-factory.ts'
import { pcaSkip } from './pca-skip.ts'

/** The settings of {@link autoencoder}. */
export interface AutoencoderOptions {
  /** Data dimension d. */
  readonly input: number
  /** Bottleneck dimension h, at most d. */
  readonly bottleneck: number
  /** Hidden widths; default [64, 64]. */
  readonly encoderHidden?: readonly number[]
  /** Hidden widths; default [64, 64, 64]. */
  readonly decoderHidden?: readonly number[]
  /** Of hidden layers; default `relu`. The decoder's last layer is always linear. */
  readonly activation?: ActivationName | Activation
  /** Of the encoder's last layer; default as `activation`. With a skip it is linear, and nothing else is taken. */
  readonly bottleneckActivation?: ActivationName | Activation
  /** Whether layers have biases; default true. */
  readonly bias?: boolean
  /** Default `torchUniform`. */
  readonly initialisation?: InitialisationName
  /** The decoder's hidden biases; default as the initialisation says. */
  readonly decoderBias?: BiasInitialisation
  /**
   * `pca`: the skip autoencoder, `z = P_E (x − μ) + mlp_E(x − μ)`, `x̂ = P_D z + mlp_D(z) + μ`. P_E and P_D start as the first h
   * principal components of `data` and are trained; μ is the mean of `data`, fixed; the last layer of each mlp starts
   * with a tenth of the weights drawn and zero biases. So training begins near PCA-h, and the network stays
   * piecewise affine: every local map gains P_E, P_D. Default: none.
   */
  readonly skip?: 'pca'
  /** The training samples [n, d] that the skip is made from, of either float dtype; kept by no one. */
  readonly data?: Tensor
  /** Default 0. */
  readonly seed?: number | string
  /** Default `float32`. */
  readonly dtype?: 'float32' | 'float64'
}

const known: readonly (keyof AutoencoderOptions)[] = [
  'input',
  'bottleneck',
  'encoderHidden',
  'decoderHidden',
  'activation',
  'bottleneckActivation',
  'bias',
  'initialisation',
  'decoderBias',
  'skip',
  'data',
  'seed',
  'dtype',
]

/**
 * A fully connected autoencoder, by default that of SPEC 4 (Table 1): d-64-64-h with ReLU on every layer, then h-64-64-64-d with a linear last one.
 *
 * @throws Error for a bottleneck larger than the input; TypeError or RangeError naming an option that is unknown or has
 * a value it cannot have, `data` that do not fit the skip or stand without one, and an activation of the bottleneck
 * beside a skip, which is added behind it.
 * @example
 * // The skip autoencoder: on small sets better than linear PCA, where a plain one is worse.
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, reconstructionError } from '@facet/models'
 * await init()
 * const train = key('train').normal([32, 8])
 * const model = autoencoder({ input: 8, bottleneck: 2, skip: 'pca', data: train })
 * const untrained = reconstructionError(model, train) // close to pca(train, 2).error(train)
 */
export function autoencoder(options: AutoencoderOptions): Autoencoder {
  expectOptions('autoencoder', options, known)
  const { input, bottleneck, encoderHidden = [64, 64], decoderHidden = [64, 64, 64] } = options
  const { bias = true, initialisation = 'torchUniform', decoderBias = 'default', dtype = 'float32' } = options
  expectCount('autoencoder', 'input', input)
  expectCount('autoencoder', 'bottleneck', bottleneck)
  expectWidths('encoderHidden', encoderHidden)
  expectWidths('decoderHidden', decoderHidden)
  expectBoolean('autoencoder', 'bias', bias)
  expectOneOf('autoencoder', 'initialisation', initialisation, Object.keys(initialisations))
  expectOneOf('autoencoder', 'decoderBias', decoderBias, biasInitialisations)
  expectOneOf('autoencoder', 'dtype', dtype, ['float32', 'float64'])
  if (bottleneck > input) {
    throw new Error(`autoencoder: expected a bottleneck of at most the input's ${input}, got ${bottleneck}`)
  }
  expectSkip(options)
  const hidden = namedActivation(options.activation ?? 'relu', 'autoencoder')
  const atBottleneck = bottleneckActivation(options, hidden)
  const around = options.skip === undefined ? null : pcaSkip(options.data, { input, bottleneck, dtype })
  const lastLayer = around === null ? 'drawn' : 'small'
  const common = { bias, initialisation, lastLayer, dtype, key: key(options.seed ?? 0) } as const
  const encoder = network({
    ...common,
    ...around?.encoder,
    name: 'encoder',
    sizes: [input, ...encoderHidden, bottleneck],
    activations: [...encoderHidden.map(() => hidden), atBottleneck],
  })
  const decoder = network({
    ...common,
    ...around?.decoder,
    name: 'decoder',
    sizes: [bottleneck, ...decoderHidden, input],
    activations: [...decoderHidden.map(() => hidden), 'identity'],
    hiddenBias: decoderBias,
  })
  return new Autoencoder(encoder, decoder)
}

function expectSkip({ skip, data }: AutoencoderOptions): void {
  if (skip !== undefined) expectOneOf('autoencoder', 'skip', skip, ['pca'])
  else if (data !== undefined)
    throw new TypeError("autoencoder: data: expected none without skip 'pca', got some")
}

/** With a skip the code is P_E x plus the last layer's output: an activation of that layer would not be one of the code. */
function bottleneckActivation(
  { bottleneckActivation: given, skip }: AutoencoderOptions,
  hidden: Activation,
): Activation {
  const activation = namedActivation(given ?? (skip === undefined ? hidden : 'identity'), 'autoencoder')
  if (skip === undefined || activation.name === 'identity') return activation
  throw new RangeError(
    `autoencoder: bottleneckActivation: expected identity, or none, with a skip, got '${activation.name}'`,
  )
}

function expectWidths(option: string, widths: readonly number[]): void {
  if (!Array.isArray(widths)) {
    throw new TypeError(`autoencoder: ${option}: expected a list of widths, got ${describe(widths)}`)
  }
  for (const width of widths) expectCount('autoencoder', option, width)
}
