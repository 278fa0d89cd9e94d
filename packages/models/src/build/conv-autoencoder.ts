import { formatShape, key, type Shape, sizeOf } from '@facet/tensor'
import {
  aCount,
  aSeed,
  type OptionsOf,
  oneOf,
  optionTable,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import { aShape } from '../layers/options.ts'
import { autoencoderDefaults } from './autoencoder-defaults.ts'
import { type LayerOptions, layerRows } from './layer-options.ts'
import { anActivation, type LayerPlan } from './plan.ts'
import { conv, convTranspose } from './plans/conv.ts'
import { dense } from './plans/dense.ts'
import { flatten, reshaped } from './plans/shapes.ts'
import { upsample } from './plans/windows.ts'
import { sequential } from './sequential.ts'
import { aWidthList } from './width-list.ts'

const ownRows = {
  /** The shape of a sample: an image [C, H, W], or a series [C, L]. */
  input: required(aShape),
  /** Bottleneck dimension h. */
  bottleneck: required(aCount()),
  /** Channels of each convolution of the encoder; the decoder has them in reverse. Default [16, 32]. */
  channels: withDefault(aWidthList, [16, 32]),
  /** Rows and columns of all kernels, an odd number; default 3. */
  kernel: withDefault(aCount(), 3),
  /** By how much each convolution makes the image smaller; default 2. */
  stride: withDefault(aCount(), 2),
  /** Widths of dense layers between the convolutions and the bottleneck, on either side; default none. */
  hidden: withDefault(aWidthList, []),
  /** How the decoder enlarges: by transposed convolutions, or by upsampling and a convolution behind it. Default `transposed`. */
  decoder: withDefault(oneOf(['transposed', 'upsample']), 'transposed'),
  /** Of hidden layers; default `relu`. The decoder's last layer is always linear. */
  activation: withDefault(anActivation, autoencoderDefaults.activation),
  /** Of the encoder's last layer; default `identity`. */
  bottleneckActivation: withDefault(anActivation, autoencoderDefaults.bottleneckActivation),
  /** Default 0. */
  seed: withDefault(aSeed, autoencoderDefaults.seed),
}

const convAutoencoderOptions = optionTable('convAutoencoder', { ...ownRows, ...layerRows })

/** The settings of {@link convAutoencoder}. */
export type ConvAutoencoderOptions = OptionsOf<typeof ownRows> & LayerOptions

/**
 * A convolutional autoencoder of images or series: strided convolutions down to a dense bottleneck, and the same way back. Samples are flat rows
 * [N, C·H·W], channel by channel, row by row, as everywhere.
 *
 * @throws Error for an even kernel, a bottleneck larger than the input, or an image that upsampling does not bring back to its size; TypeError or RangeError
 * naming an option that is unknown or has a value it cannot have.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { convAutoencoder } from '@facet/models'
 * await init()
 * const model = convAutoencoder({ input: [1, 28, 28], channels: [16, 32], bottleneck: 10 })
 * const { output, latent, code } = model.forward(key('x').normal([5, 784])) // [5, 784], [5, 10]
 */
export function convAutoencoder(options: ConvAutoencoderOptions): Autoencoder {
  const settings = convAutoencoderOptions.resolve(options)
  const { input, bottleneck, channels, kernel, stride, hidden, activation, bottleneckActivation, bias } =
    settings
  if (channels.length === 0)
    throw new RangeError('convAutoencoder: channels: expected at least one, got none')
  if (kernel % 2 === 0) throw new RangeError(`convAutoencoder: kernel: expected an odd number, got ${kernel}`)
  if (bottleneck > sizeOf(input))
    throw new Error(
      `convAutoencoder: expected a bottleneck of at most the input's ${sizeOf(input)}, got ${bottleneck}`,
    )
  const { initialisation, dtype, seed } = settings
  const padding = (kernel - 1) / 2
  const common = { initialisation, dtype, key: key(seed) } as const
  const down = channels.map((channels) => conv({ channels, kernel, stride, padding, activation, bias }))
  const across = (widths: readonly number[]) => widths.map((units) => dense({ units, activation, bias }))
  const bottom = dense({ units: bottleneck, activation: bottleneckActivation, bias })
  const encoder = sequential({
    ...common,
    name: 'encoder',
    input,
    layers: [...down, flatten(), ...across(hidden), bottom],
  })
  // The shapes on the way down, which the decoder comes back to.
  const shapes = [input, ...encoder.layers.slice(0, channels.length).map(({ outputs }) => outputs)]
  const smallest = shapes[shapes.length - 1]
  const up = channels.map((_, c) => [shapes[channels.length - c], shapes[channels.length - c - 1]] as const)
  const decoder = sequential({
    ...common,
    name: 'decoder',
    input: [bottleneck],
    layers: [
      ...across([...[...hidden].reverse(), sizeOf(smallest)]),
      reshaped(smallest),
      ...up.flatMap(([from, to], c) => {
        const last = c === channels.length - 1
        return enlarged(settings.decoder as 'transposed' | 'upsample', from, to, {
          kernel,
          stride,
          padding,
          bias,
          activation: last ? 'identity' : activation,
        })
      }),
    ],
  })
  return new Autoencoder(encoder, decoder)
}

interface Enlargement {
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly bias: boolean
  readonly activation: ConvAutoencoderOptions['activation']
}

/** What leads from images of one shape to larger ones of another. */
function enlarged(
  how: 'transposed' | 'upsample',
  from: Shape,
  to: Shape,
  { kernel, stride, padding, bias, activation }: Enlargement,
): LayerPlan[] {
  const [channels, ...size] = to
  const common = { channels, kernel, padding, bias, activation }
  if (how === 'transposed') {
    const outputPadding = size.map(
      (length, axis) => length - ((from[axis + 1] - 1) * stride - 2 * padding + kernel),
    )
    return [convTranspose({ ...common, stride, outputPadding })]
  }
  if (size.some((length, axis) => length !== from[axis + 1] * stride))
    throw new Error(
      `convAutoencoder: decoder 'upsample': expected rows and columns that are multiples of the stride ${stride} at every layer, got ${formatShape(size)}`,
    )
  return [upsample({ factor: stride }), conv(common)]
}
