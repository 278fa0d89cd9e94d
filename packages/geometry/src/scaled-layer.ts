import type { Dense } from '@facet/models'
import {
  abs,
  type DType,
  div,
  expandDims,
  greater,
  max,
  min,
  mul,
  reciprocal,
  sign,
  sqrt,
  square,
  squeeze,
  type Tensor,
  transpose,
  where,
} from '@facet/tensor'
import { powerOfTwo } from './power-of-two.ts'

/** A layer in units of its own: rows of weights around 1, whatever the weights are. */
export interface ScaledLayer {
  readonly layer: Dense
  /** [out, in]; every row's largest magnitude lies in [1, 2). */
  readonly weight: Tensor
  /** The squares of `weight`. */
  readonly squares: Tensor
  /** [out], in the units of the rows. */
  readonly bias: Tensor | null
  /** [out], the smallest number with the sign of each bias: added to a bias that has vanished beside larger ones. */
  readonly trace: Tensor | null
  /** What the inputs of the next layer are divided by, all together: [1, 1]; `null` in the last layer. */
  readonly scale: Tensor | null
}

/** The smallest numbers: a bias that has vanished leaves one in what it is added to, if that is 0. */
const LEAST: Readonly<Partial<Record<DType, number>>> = { float32: 2 ** -149, float64: 2 ** -1074 }

/**
 * The layers with every unit divided by a power of two, the size of its weights, and the next layer's column multiplied by it.
 * Activations commute with positive factors, so that states are the same; powers of two round nothing, so that they are
 * the same bit by bit. Squares of weights around 1 stay numbers, those of 1e20 and 1e-30 in float32 would not.
 */
export function scaledLayers(layers: readonly Dense[]): ScaledLayer[] {
  let columns: Tensor | undefined
  return layers.map((layer, l) => {
    const given = layer.weight.value
    const weight = columns === undefined ? given : mul(given, columns)
    const units = unitsOf(weight, layer.bias?.value ?? null)
    const inverse = reciprocal(units)
    const scale = l === layers.length - 1 ? null : middleOf(units)
    if (scale !== null) columns = transpose(div(units, scale))
    const own = mul(weight, inverse)
    const bias = layer.bias === null ? null : mul(layer.bias.value, squeeze(inverse, 1))
    const trace = layer.bias === null ? null : mul(sign(layer.bias.value), LEAST[given.dtype]!)
    return { layer, weight: own, squares: square(own), bias, trace, scale }
  })
}

/** The size of every row, [out, 1]; of a row of zeros that of the largest, and of its bias where all are zeros. */
function unitsOf(weight: Tensor, bias: Tensor | null): Tensor {
  const size = max(abs(weight), 1, true)
  const largest = max(size)
  const constant = bias === null ? size : expandDims(abs(bias), 1)
  const otherwise = where(greater(largest, 0), largest, max(constant))
  return powerOfTwo(where(greater(size, 0), size, otherwise))
}

/**
 * A scale for units of different sizes, from which neither the larger nor the smaller ones get out of range in the next
 * layer: a quarter of the way, in octaves, from the largest to the smallest. The smallest may be made up for by large weights
 * there, the largest may meet large weights as well.
 */
function middleOf(units: Tensor): Tensor {
  const root = sqrt(max(units, 0, true))
  return powerOfTwo(mul(root, sqrt(mul(root, sqrt(min(units, 0, true))))))
}
