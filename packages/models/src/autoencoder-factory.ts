import { type Activation, type ActivationName, key } from '@facet/tensor'
import { namedActivation } from './activations.ts'
import { Autoencoder } from './autoencoder.ts'
import type { BiasInitialisation, InitialisationName } from './initialisation.ts'
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

/**
 * A fully connected autoencoder, by default that of SPEC 4 (Table 1): d-64-64-h with ReLU on every layer, then h-64-64-64-d with a linear last one.
 *
 * @throws Error for sizes that are not positive integers, or a bottleneck larger than the input.
 */
export function autoencoder(options: AutoencoderOptions): Autoencoder {
  const { input, bottleneck, encoderHidden = [64, 64], decoderHidden = [64, 64, 64] } = options
  checkSize('input', input)
  checkSize('bottleneck', bottleneck)
  for (const width of encoderHidden) checkSize('encoderHidden', width)
  for (const width of decoderHidden) checkSize('decoderHidden', width)
  if (bottleneck > input) {
    throw new Error(`autoencoder: expected a bottleneck of at most the input's ${input}, got ${bottleneck}`)
  }
  const hidden = namedActivation(options.activation ?? 'relu')
  const common = {
    bias: options.bias,
    initialisation: options.initialisation,
    key: key(options.seed ?? 0),
    dtype: options.dtype,
  }
  const encoder = network({
    ...common,
    name: 'encoder',
    sizes: [input, ...encoderHidden, bottleneck],
    activations: [...encoderHidden.map(() => hidden), options.bottleneckActivation ?? hidden],
  })
  const decoder = network({
    ...common,
    name: 'decoder',
    sizes: [bottleneck, ...decoderHidden, input],
    activations: [...decoderHidden.map(() => hidden), 'identity'],
    hiddenBias: options.decoderBias,
  })
  return new Autoencoder(encoder, decoder)
}

function checkSize(option: string, size: number): void {
  if (Number.isInteger(size) && size > 0) return
  throw new Error(`autoencoder: ${option}: expected a positive integer, got ${size}`)
}
