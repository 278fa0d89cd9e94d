import { type Activation, add, broadcastTo, reshape, type Shape, sizeOf, type Tensor } from '@facet/tensor'
import {
  aCount,
  aTensor,
  aText,
  expectBoolean,
  expectCount,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { readActivation } from '../activations.ts'
import type { AffineLayer } from './affine-layer.ts'
import { type ImageShape, pairText } from './images/image-shape.ts'
import type { Pair } from './images/pair.ts'
import type { LayerDescription } from './layer.ts'
import type { LayerSource } from './layer-kind.ts'
import { aBias, aLayerActivation, aShape, type PerAxis, perAxis } from './options.ts'
import { activationText, piecesOf } from './pieces/activation-pieces.ts'
import { WeightedLayer } from './weighted-layer.ts'

/** The options of convolutions, whichever way they go. */
export const kernelRows = {
  /** Begins the names of the parameters. */
  name: required(aText),
  /** The shape of one sample: an image [C, H, W], or a series [C, L]. */
  inputs: required(aShape),
  /** The kernel, which becomes the parameter `<name>.weight`. */
  weight: required(aTensor),
  /** One number for each channel that is made, the parameter `<name>.bias`; or none. */
  bias: required(aBias),
  /** φ */
  activation: required(aLayerActivation),
  /** Distance of neighbouring windows, for all axes or each. Default 1. */
  stride: withDefault(perAxis(), 1),
  /** Zeros on either side. Default 0. */
  padding: withDefault(perAxis(0), 0),
  /** Distance of neighbouring elements of the kernel. Default 1. */
  dilation: withDefault(perAxis(), 1),
  /** Channels are divided into so many parts, each with kernels of its own. Default 1. */
  groups: withDefault(aCount(), 1),
}

/** How the windows of a layer with a kernel lie. */
export interface KernelSettings {
  readonly stride: PerAxis
  readonly padding: PerAxis
  readonly dilation: PerAxis
  readonly groups: number
  /** Of a transposed convolution. */
  readonly outputPadding?: PerAxis
}

/** A layer with a kernel without its numbers. */
export interface KernelDescription extends LayerDescription, KernelSettings {
  readonly inputs: Shape
  /** The shape of the weight. */
  readonly weight: Shape
  readonly bias: boolean
  readonly activation: Activation
}

/** What a layer with a kernel is made of, once its shapes are known. */
export interface KernelParts {
  readonly name: string
  readonly image: ImageShape
  readonly inputs: Shape
  readonly outputs: Shape
  readonly weight: Tensor
  readonly bias: Tensor | null
  readonly activation: Activation
  readonly settings: KernelSettings
}

/**
 * The options of the layer of a description.
 * @param channels how many are made
 * @throws Error for what is no activation or shape, or a tensor that is missing.
 */
export function readKernel(
  name: string,
  description: LayerDescription,
  source: LayerSource,
  channels: (weight: Shape, groups: number) => number,
) {
  const { kind: _, weight, bias, activation, ...rest } = description as KernelDescription
  aShape.check('loadModel', `${name}: weight`, weight)
  expectBoolean('loadModel', `${name}: bias`, bias)
  if (rest.groups !== undefined) expectCount('loadModel', `${name}: groups`, rest.groups)
  return {
    ...rest,
    name,
    weight: source.tensor('weight', weight),
    bias: bias ? source.tensor('bias', [channels(weight, rest.groups)]) : null,
    activation: readActivation(activation),
  }
}

/** A convolution or its transpose: a kernel, a bias for each channel, an activation. */
export abstract class KernelLayer extends WeightedLayer {
  readonly activation: Activation
  readonly #image: ImageShape
  readonly #settings: KernelSettings

  constructor({ name, image, inputs, outputs, weight, bias, activation, settings }: KernelParts) {
    super(name, inputs, outputs, piecesOf(activation, sizeOf(outputs)), weight, bias)
    this.activation = activation
    this.#image = image
    this.#settings = settings
  }

  override get isRectified(): boolean {
    return this.activation.name === 'relu'
  }

  /** The bias of every channel at each of its places, [out]. */
  shift(): Tensor | null {
    if (this.bias === null) return null
    const [channels, ...size] = this.outputs
    const column = reshape(this.bias.value, [channels, 1])
    return reshape(broadcastTo(column, [channels, sizeOf(size)]), [sizeOf(this.outputs)])
  }

  protected override firstSteps(x: Tensor): Tensor {
    const made = this.linear().apply(x)
    if (this.bias === null) return made
    const [channels, ...size] = this.outputs
    const planes = reshape(made, [x.shape[0], channels, sizeOf(size)])
    return reshape(add(planes, reshape(this.bias.value, [channels, 1])), made.shape)
  }

  /** The kernel as images have it, [.., .., kh, kw]. */
  protected get kernel(): Tensor {
    const { value } = this.weight
    return this.#image.isSeries ? reshape(value, [value.shape[0], value.shape[1], 1, value.shape[2]]) : value
  }

  abstract override linear(): NonNullable<ReturnType<AffineLayer['linear']>>

  describe(): KernelDescription {
    const { kind, name, inputs, weight, bias, activation } = this
    const parts = { weight: weight.value.shape, bias: bias !== null, activation: { ...activation } }
    return { kind, name, inputs, ...parts, ...this.#settings }
  }

  toString(): string {
    const [rows, columns] = this.kernel.shape.slice(2)
    const size = pairText(this.#image, [rows, columns] as Pair)
    const bias = this.bias === null ? ', no bias' : ''
    return `${this.kind} ${this.outputs[0]}@${size}(${activationText(this.activation)}${bias})`
  }
}
