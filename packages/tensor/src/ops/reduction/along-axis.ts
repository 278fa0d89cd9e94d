import { dispatch } from '../../dispatch.ts'
import { defineOps, type ShapeRule } from '../../op.ts'
import { expectKind } from '../../op-checks.ts'
import { normaliseAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { expectElements } from './expect-elements.ts'

/** One axis, not negative. */
export interface AxisParams {
  readonly axis: number
}

/** A direction beside it: from the end where it is `reverse`. */
export interface CumulativeParams extends AxisParams {
  readonly reverse: boolean
}

const argExtreme: ShapeRule<AxisParams> = {
  outputs(op, [x], { axis }) {
    expectElements(op, x, [axis])
    return [{ shape: x.shape.filter((_, i) => i !== axis), dtype: 'int32' }]
  },
}

const cumulative: ShapeRule<CumulativeParams> = {
  outputs(op, [x]) {
    expectKind(op, 'number', x.dtype)
    return [x]
  },
}

const ops = /*#__PURE__*/ defineOps<{
  argMax: AxisParams
  argMin: AxisParams
  cumsum: CumulativeParams
  cumprod: CumulativeParams
}>({
  argMax: argExtreme,
  argMin: argExtreme,
  cumsum: cumulative,
  cumprod: cumulative,
})
export default ops

/**
 * Index of the largest element along `axis`, the first on ties: int32. NaN beats all numbers, the zeros are a tie.
 *
 * @throws RangeError for an empty axis, and one that x has not
 */
export const argMax = (x: Tensor, axis: number): Tensor =>
  dispatch(ops.argMax, [x], { axis: normaliseAxis('argMax', axis, x.rank) })[0]

/**
 * Index of the smallest element along `axis`, the first on ties: int32. NaN beats all numbers, the zeros are a tie.
 *
 * @throws RangeError for an empty axis, and one that x has not
 */
export const argMin = (x: Tensor, axis: number): Tensor =>
  dispatch(ops.argMin, [x], { axis: normaliseAxis('argMin', axis, x.rank) })[0]

/** Running sum along `axis`, or with `reverse` from its end. @throws TypeError for bool; RangeError for an axis that x has not. */
export const cumsum = (x: Tensor, axis: number, reverse = false): Tensor =>
  dispatch(ops.cumsum, [x], { axis: normaliseAxis('cumsum', axis, x.rank), reverse })[0]

/**
 * Running product along `axis`, or with `reverse` from its end, in the shape of x: floats in float64, rounded to the dtype element by element, integers
 * wrap around. An empty axis stays empty. Differentiable to every order, also where x has zeros: nothing is divided.
 *
 * @throws TypeError for bool; RangeError for an axis that x has not
 * @example
 * cumprod(tensor([2, 3, 0, 5]), 0).toArray()         // [2, 6, 0, 0]
 * cumprod(tensor([2, 3, 0, 5]), 0, true).toArray()   // [0, 0, 0, 5]
 */
export const cumprod = (x: Tensor, axis: number, reverse = false): Tensor =>
  dispatch(ops.cumprod, [x], { axis: normaliseAxis('cumprod', axis, x.rank), reverse })[0]
