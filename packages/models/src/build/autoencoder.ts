import { key, type Tensor } from '@facet/tensor'
import {
  aCount,
  anything,
  aSeed,
  type OptionsOf,
  optional,
  optionTable,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { namedActivation } from '../activations.ts'
import { Autoencoder } from '../autoencoder.ts'
import { autoencoderDefaults, defaultDecoderHidden } from './autoencoder-defaults.ts'
import { aBiasInitialisation } from './initialisation.ts'
import { type LayerOptions, layerRows } from './layer-options.ts'
import { network } from './network.ts'
import { aSkip, pcaSkip } from './pca-skip.ts'
import { anActivation } from './plan.ts'
import { aWidthList } from './width-list.ts'

const ownRows = {
  /** Data dimension d. */
  input: required(aCount()),
  /** Bottleneck dimension h, at most d; `defaultBottleneck(d)` is what `facet train` takes. */
  bottleneck: required(aCount()),
  /** Hidden widths; default [64, 64]. */
  encoderHidden: withDefault(aWidthList, autoencoderDefaults.encoderHidden),
  /** Hidden widths; default the encoder's backwards, the first of them twice: [64, 64, 64] to [64, 64]. */
  decoderHidden: optional(aWidthList),
  /** Of hidden layers; default `relu`. The decoder's last layer is always linear. */
  activation: withDefault(anActivation, autoencoderDefaults.activation),
  /** Of the encoder's last layer; default `identity`. With a skip nothing else is taken. */
  bottleneckActivation: withDefault(anActivation, autoencoderDefaults.bottleneckActivation),
  /** The decoder's hidden biases; default as the initialisation says. */
  decoderBias: withDefault(aBiasInitialisation, 'default'),
  /**
   * `pca`: the skip autoencoder, `z = P_E (x − μ) + mlp_E(x − μ)`, `x̂ = P_D z + mlp_D(z) + μ`. P_E and P_D start as the first h
   * principal components of `data` and are trained; μ is the mean of `data`, fixed; the last layer of each mlp starts
   * with a tenth of the weights drawn and zero biases. So training begins near PCA-h, and the network stays
   * piecewise affine: every local map gains P_E, P_D. Principal components that have been found before, as by `pcaInSlices` without a long task, are
   * taken instead of `data`; they stay the caller's. Default: none.
   */
  skip: optional(aSkip),
  /** The training samples [n, d] that the skip is made from, of either float dtype; kept by no one. */
  data: optional(anything<Tensor>()),
  /** Default 0. */
  seed: withDefault(aSeed, autoencoderDefaults.seed),
}

const autoencoderOptions = optionTable('autoencoder', { ...ownRows, ...layerRows })

/** The settings of {@link autoencoder}. */
export type AutoencoderOptions = OptionsOf<typeof ownRows> & LayerOptions

/**
 * A fully connected autoencoder, by default d-64-64-h, then h-64-64-64-d, with ReLU on hidden layers and a linear bottleneck: what `facet train` makes.
 * The net of the paper's Table 1 (docs/mathematics.md 7.1) is that with `bottleneckActivation: 'relu'`; where a unit dies it finds
 * 6 to 47 % of planted anomalies, where this one finds all (docs/decisions/0049).
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
  const { input, bottleneck, encoderHidden, decoderBias, skip, data, seed, ...rest } =
    autoencoderOptions.resolve(options)
  const { decoderHidden = defaultDecoderHidden(encoderHidden) } = rest
  const { bias, initialisation, dtype } = rest
  if (bottleneck > input) {
    throw new Error(`autoencoder: expected a bottleneck of at most the input's ${input}, got ${bottleneck}`)
  }
  if (skip !== 'pca' && data !== undefined)
    throw new TypeError("autoencoder: data: expected none without skip 'pca', got some")
  const hidden = namedActivation(rest.activation)
  const atBottleneck = namedActivation(rest.bottleneckActivation)
  // With a skip the code is P_E x plus the last layer's output: an activation of that layer would not be one of the code.
  if (skip !== undefined && atBottleneck.name !== 'identity')
    throw new RangeError(
      `autoencoder: bottleneckActivation: expected identity, or none, with a skip, got '${atBottleneck.name}'`,
    )
  const around = skip === undefined ? null : pcaSkip(skip, data, { input, bottleneck, dtype })
  const lastLayer = around === null ? 'drawn' : 'small'
  const common = { bias, initialisation, lastLayer, dtype, key: key(seed) } as const
  const encoder = network({
    ...common,
    ...around?.encoder,
    name: 'encoder',
    sizes: [input, ...encoderHidden, bottleneck],
    activations: [...encoderHidden.map(() => hidden), atBottleneck],
  })
  // The layer holds its negative.
  around?.encoder.centre?.dispose()
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
