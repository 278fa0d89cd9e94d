import { type Activation, type ActivationName, key } from '@facet/tensor'
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
  /** Of the encoder's last layer; default as `activation`. */
  readonly bottleneckActivation?: ActivationName | Activation
  /** Whether layers have biases; default true. */
  readonly bias?: boolean
  /** Default `torchUniform`. */
  readonly initialisation?: InitialisationName
  /** The decoder's hidden biases; default as the initialisation says. */
  readonly decoderBias?: BiasInitialisation
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
  'seed',
  'dtype',
]

/**
 * A fully connected autoencoder, by default that of SPEC 4 (Table 1): d-64-64-h with ReLU on every layer, then h-64-64-64-d with a linear last one.
 *
 * @throws Error for a bottleneck larger than the input; TypeError or RangeError naming an option that is unknown or has
 * a value it cannot have.
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
  const hidden = namedActivation(options.activation ?? 'relu', 'autoencoder')
  const atBottleneck = namedActivation(options.bottleneckActivation ?? hidden, 'autoencoder')
  const common = { bias, initialisation, dtype, key: key(options.seed ?? 0) }
  const encoder = network({
    ...common,
    name: 'encoder',
    sizes: [input, ...encoderHidden, bottleneck],
    activations: [...encoderHidden.map(() => hidden), atBottleneck],
  })
  const decoder = network({
    ...common,
    name: 'decoder',
    sizes: [bottleneck, ...decoderHidden, input],
    activations: [...decoderHidden.map(() => hidden), 'identity'],
    hiddenBias: decoderBias,
  })
  return new Autoencoder(encoder, decoder)
}

function expectWidths(option: string, widths: readonly number[]): void {
  if (!Array.isArray(widths)) {
    throw new TypeError(`autoencoder: ${option}: expected a list of widths, got ${describe(widths)}`)
  }
  for (const width of widths) expectCount('autoencoder', option, width)
}
