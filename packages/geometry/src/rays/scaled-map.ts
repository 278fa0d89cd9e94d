import type { LinearMap } from '@facet/models'
import {
  abs,
  div,
  expandDims,
  greater,
  max,
  min,
  mul,
  reciprocal,
  reshape,
  sign,
  sqrt,
  square,
  squeeze,
  type Tensor,
  transpose,
  where,
} from '@facet/tensor'
import { type Lazy, lazy } from '../numbers/lazy.ts'
import { powerOfTwo } from '../numbers/power-of-two.ts'
import { limitsOf } from './limits.ts'

/** A linear map and a bias in units of their own: weights around 1, whatever they are. */
export interface ScaledMap {
  /** With weights whose largest magnitude lies in [1, 2): of every row of a matrix, of all together in any other map. */
  readonly map: LinearMap
  /** The same with the squares of its weights. */
  readonly squares: LinearMap
  /** What the outputs are divided by, all together: [1, 1]. */
  readonly scale: Lazy<Tensor>
  /** What every output is divided by beside that, [1, out]; `null` for nothing. */
  readonly columns: Lazy<Tensor | null>
  /** [out], in the units of the outputs. */
  readonly bias: Trace | null
}

/** A bias that is not lost without a word. */
export interface Trace {
  readonly value: Tensor
  /** The smallest number with the sign of each: added to what has vanished beside larger ones. */
  readonly trace: Tensor
}

/**
 * A map whose outputs are divided by powers of two, the size of its weights. Activations commute with positive factors, so that states
 * are the same; powers of two round nothing, so that they are the same bit by bit. Squares of weights around 1 stay numbers, those of
 * 1e20 and 1e-30 in float32 would not.
 *
 * Every unit of a matrix is divided by the size of its own weights, and the column of the next matrix that reads it is multiplied by that.
 * Other maps (convolutions, means of windows) share numbers between units: one power of two goes for them all.
 *
 * @param columns what the inputs were divided by, [1, in]: only a matrix has columns to take them.
 */
export function scaledMap(
  map: LinearMap,
  weight: Tensor,
  bias: Tensor | null,
  columns: Tensor | null,
): ScaledMap {
  return isMatrix(map, weight)
    ? scaledMatrix(map, columns === null ? weight : mul(weight, columns), bias)
    : scaledAsOne(map, weight, bias)
}

/** Whether the weights are a matrix [out, in]. */
export const isMatrix = ({ outputs, inputs }: LinearMap, { shape }: Tensor): boolean =>
  shape.length === 2 && shape[0] === outputs && shape[1] === inputs

/** A bias in the units of what it is added to. @param inverse one over these, [out] or [1] */
export const traceOf = (bias: Tensor, inverse: Tensor | null): Trace => ({
  value: inverse === null ? bias : mul(bias, inverse),
  trace: mul(sign(bias), limitsOf(bias.dtype).least),
})

function scaledMatrix(map: LinearMap, weight: Tensor, bias: Tensor | null): ScaledMap {
  const units = unitsOf(max(abs(weight), 1, true), bias === null ? null : expandDims(bias, 1))
  const inverse = reciprocal(units)
  const scale = lazy(() => middleOf(units))
  return {
    ...withSquares(map, mul(weight, inverse)),
    scale,
    columns: lazy(() => transpose(div(units, scale()))),
    bias: bias && traceOf(bias, squeeze(inverse, 1)),
  }
}

function scaledAsOne(map: LinearMap, weight: Tensor, bias: Tensor | null): ScaledMap {
  const unit = unitsOf(max(abs(weight)), bias && max(abs(bias)))
  const inverse = reciprocal(unit)
  const scale = reshape(unit, [1, 1])
  return {
    ...withSquares(map, mul(weight, inverse)),
    scale: () => scale,
    columns: () => null,
    bias: bias && traceOf(bias, inverse),
  }
}

const withSquares = (map: LinearMap, weight: Tensor) => ({
  map: map.withWeight(weight),
  squares: map.withWeight(square(weight)),
})

/** The power of two of every size; of 0 that of the largest, and of the bias where all are 0. */
function unitsOf(size: Tensor, bias: Tensor | null): Tensor {
  const largest = max(size)
  const otherwise = where(greater(largest, 0), largest, max(bias === null ? size : abs(bias)))
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
