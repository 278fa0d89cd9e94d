import { formatShape } from '@facet/tensor'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { checkBias } from './check-bias.ts'
import { imageShape, pairOf, shapeOf, windowsOf } from './images/image-shape.ts'
import { coveredBy } from './images/windows.ts'
import { KernelLayer, kernelRows, readKernel } from './kernel-layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { ConvolutionMap, type ConvolutionShape } from './maps/convolution-map.ts'
import { TransposedMap } from './maps/transposed-map.ts'
import { perAxis } from './options.ts'

const ownRows = {
  /** Rows and columns behind the last one that the kernel reaches, less than the stride. Default 0. */
  outputPadding: withDefault(perAxis(0), 0),
}

const convTransposeOptions = optionTable('ConvTranspose', { ...kernelRows, ...ownRows })

/** What a {@link ConvTranspose} layer is made of: `weight` [C, O / groups, kh, kw], of a series [C, O / groups, k]; `bias` [O] or none. */
export type ConvTransposeOptions = OptionsOf<typeof kernelRows> & OptionsOf<typeof ownRows>

/**
 * A transposed convolution of images [C, H, W] or series [C, L] with its activation: the adjoint of a {@link Conv} of the same weight, stride,
 * padding and dilation, which enlarges what that makes smaller.
 *
 * @throws Error for shapes that do not fit, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { identityActivation, init, key } from '@facet/tensor'
 * import { ConvTranspose } from '@facet/models'
 * await init()
 * const weight = key('kernel').normal([16, 1, 3, 3])
 * const options = { stride: 2, padding: 1, outputPadding: 1 }
 * const layer = new ConvTranspose({ name: 'last', inputs: [16, 14, 14], weight, bias: null, activation: identityActivation, ...options })
 * layer.outputs // [1, 28, 28]
 */
export class ConvTranspose extends KernelLayer {
  readonly kind = 'convTranspose'
  readonly #shape: ConvolutionShape

  constructor(options: ConvTransposeOptions) {
    const { name, inputs, weight, bias, activation, ...rest } = convTransposeOptions.resolve(options)
    const layer = `ConvTranspose '${name}'`
    const image = imageShape(layer, inputs)
    const [taken, part, ...size] = weight.shape
    if (size.length !== (image.isSeries ? 1 : 2) || taken !== image.channels || taken % rest.groups !== 0) {
      const kernel = `${image.channels}, O / groups, ${image.isSeries ? 'k' : 'kh, kw'}`
      throw new Error(`${layer}: expected a weight [${kernel}], got ${formatShape(weight.shape)}`)
    }
    const made = part * rest.groups
    checkBias('ConvTranspose', name, weight, made, bias)
    const windows = windowsOf(layer, image, size, rest)
    const beyond = pairOf(layer, 'outputPadding', image, rest.outputPadding, 0)
    if (beyond.some((rows, axis) => rows >= windows.stride[axis]))
      throw new Error(
        `${layer}: outputPadding: expected less than the stride ${formatShape(windows.stride)}, got ${formatShape(beyond)}`,
      )
    const covered = coveredBy(layer, image.size, windows, beyond)
    const outputs = shapeOf(image, made, covered)
    super({ name, image, inputs, outputs, weight, bias, activation, settings: rest })
    this.#shape = {
      wide: [made, covered],
      narrow: [image.channels, image.size],
      windows,
      groups: rest.groups,
    }
  }

  get [rowOfKind](): LayerKind {
    return convTransposeKind
  }

  linear(): TransposedMap {
    return new TransposedMap(new ConvolutionMap(this.#shape, this.kernel))
  }
}

/** The row of the table of kinds. */
export const convTransposeKind: LayerKind = {
  kind: 'convTranspose',
  layer: ConvTranspose,
  read: (name, description, source) =>
    new ConvTranspose(readKernel(name, description, source, ([, part], groups) => part * groups)),
}
