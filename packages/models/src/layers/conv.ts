import { formatShape } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { checkBias } from './check-bias.ts'
import { imageShape, shapeOf, windowsOf } from './images/image-shape.ts'
import { windowsIn } from './images/windows.ts'
import { KernelLayer, kernelRows, readKernel } from './kernel-layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { ConvolutionMap, type ConvolutionShape } from './maps/convolution-map.ts'

const convOptions = optionTable('Conv', kernelRows)

/** What a {@link Conv} layer is made of: `weight` [O, C / groups, kh, kw], of a series [O, C / groups, k]; `bias` [O] or none. */
export type ConvOptions = OptionsOf<typeof convOptions>

/**
 * A convolution of images [C, H, W] or series [C, L] with its activation: `y = φ(w ∗ x + b)`, the cross-correlation of PyTorch, zeros outside.
 * The units of a channel lie one after another, row by row.
 *
 * @throws Error for shapes that do not fit, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { init, key, reluActivation, zeros } from '@facet/tensor'
 * import { Conv, Network } from '@facet/models'
 * await init()
 * const weight = key('kernel').normal([16, 1, 3, 3])
 * const layer = new Conv({ name: 'first', inputs: [1, 28, 28], weight, bias: zeros([16]), activation: reluActivation, padding: 1, stride: 2 })
 * layer.outputs // [16, 14, 14]
 * const { output, code } = new Network([layer]).forward(key('x').normal([5, 784])) // [5, 3136]
 */
export class Conv extends KernelLayer {
  readonly kind = 'conv'
  readonly #shape: ConvolutionShape

  constructor(options: ConvOptions) {
    const { name, inputs, weight, bias, activation, ...rest } = convOptions.resolve(options)
    const layer = `Conv '${name}'`
    const image = imageShape(layer, inputs)
    const [made, taken, ...size] = weight.shape
    const axes = image.isSeries ? 1 : 2
    if (size.length !== axes || taken * rest.groups !== image.channels || made % rest.groups !== 0) {
      const kernel = [`O`, image.channels / rest.groups, ...(axes === 1 ? ['k'] : ['kh', 'kw'])].join(', ')
      throw new Error(`${layer}: expected a weight [${kernel}], got ${formatShape(weight.shape)}`)
    }
    checkBias('Conv', name, weight, made, bias)
    const windows = windowsOf(layer, image, size, rest)
    const counts = windowsIn(layer, image.size, windows)
    const outputs = shapeOf(image, made, counts)
    super({ name, image, inputs, outputs, weight, bias, activation, settings: rest })
    this.#shape = { wide: [image.channels, image.size], narrow: [made, counts], windows, groups: rest.groups }
  }

  get [rowOfKind](): LayerKind {
    return convKind
  }

  linear(): ConvolutionMap {
    return new ConvolutionMap(this.#shape, this.kernel)
  }
}

/** The row of the table of kinds. */
export const convKind: LayerKind = {
  kind: 'conv',
  layer: Conv,
  read: (name, description, source) => new Conv(readKernel(name, description, source, ([made]) => made)),
}
