import { sizeOf } from '@facet/tensor'
import { aBoolean, aCount, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { namedActivation } from '../../activations.ts'
import { Conv } from '../../layers/conv.ts'
import { ConvTranspose } from '../../layers/conv-transpose.ts'
import { imageShape } from '../../layers/images/image-shape.ts'
import { type PerAxis, perAxis } from '../../layers/options.ts'
import { drawBias, drawWeight } from '../draw.ts'
import { anActivation, type Drawing, type LayerPlan } from '../plan.ts'

const rows = {
  /** That are made. */
  channels: required(aCount()),
  /** Rows and columns of the kernel, for all axes or each; default 3. */
  kernel: withDefault(perAxis(), 3),
  /** Default 1. */
  stride: withDefault(perAxis(), 1),
  /** Zeros on either side; default 0. */
  padding: withDefault(perAxis(0), 0),
  /** Default 1. */
  dilation: withDefault(perAxis(), 1),
  /** Default 1. */
  groups: withDefault(aCount(), 1),
  /** Default `relu`. */
  activation: withDefault(anActivation, 'relu'),
  /** Whether it has one; default true. */
  bias: withDefault(aBoolean, true),
}

const transposeRows = {
  /** Rows and columns behind the last one that the kernel reaches; default 0. */
  outputPadding: withDefault(perAxis(0), 0),
}

const convOptions = optionTable('conv', rows)
const convTransposeOptions = optionTable('convTranspose', { ...rows, ...transposeRows })

/** The settings of {@link conv}. */
export type ConvPlanOptions = OptionsOf<typeof convOptions>

/** The settings of {@link convTranspose}. */
export type ConvTransposePlanOptions = OptionsOf<typeof rows> & OptionsOf<typeof transposeRows>

/**
 * A convolution of images or series in {@link sequential}: see `Conv`.
 * @throws TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function conv(options: ConvPlanOptions): LayerPlan {
  const { channels, kernel, activation, bias, ...rest } = convOptions.resolve(options)
  return {
    draw(inputs, drawing) {
      const { channels: taken } = imageShape(`conv '${drawing.name}'`, inputs)
      const weight = [channels, taken / rest.groups, ...kernelShape(kernel, inputs.length - 1)]
      return new Conv({
        inputs,
        ...rest,
        activation: namedActivation(activation),
        ...drawn(drawing, weight, channels, bias),
      })
    },
  }
}

/**
 * A transposed convolution of images or series in {@link sequential}: see `ConvTranspose`.
 * @throws TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function convTranspose(options: ConvTransposePlanOptions): LayerPlan {
  const { channels, kernel, activation, bias, ...rest } = convTransposeOptions.resolve(options)
  return {
    draw(inputs, drawing) {
      const { channels: taken } = imageShape(`convTranspose '${drawing.name}'`, inputs)
      const weight = [taken, channels / rest.groups, ...kernelShape(kernel, inputs.length - 1)]
      const parts = drawn(drawing, weight, channels, bias)
      return new ConvTranspose({ inputs, ...rest, activation: namedActivation(activation), ...parts })
    },
  }
}

const kernelShape = (kernel: PerAxis, axes: number): readonly number[] =>
  typeof kernel === 'number' ? Array.from({ length: axes }, () => kernel) : kernel

/** Fans as PyTorch counts them: of the second axis and of the first, each times the kernel's length. */
function drawn(drawing: Drawing, shape: readonly number[], channels: number, bias: boolean) {
  const [first, second, ...kernel] = shape
  const fan = { inputs: second * sizeOf(kernel), outputs: first * sizeOf(kernel) }
  return {
    name: drawing.name,
    weight: drawWeight(drawing, shape, fan),
    bias: drawBias(drawing, bias, [channels], fan),
  }
}
