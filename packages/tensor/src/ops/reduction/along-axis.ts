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

const argExtreme: ShapeRule<AxisParams> = {
  outputs(op, [x], { axis }) {
    expectElements(op, x, [axis])
    return [{ shape: x.shape.filter((_, i) => i !== axis), dtype: 'int32' }]
  },
}

const ops = /*#__PURE__*/ defineOps<{
  argMax: AxisParams
  argMin: AxisParams
  cumsum: AxisParams & { readonly reverse: boolean }
}>({
  argMax: argExtreme,
  argMin: argExtreme,
  cumsum: {
    outputs(op, [x]) {
      expectKind(op, 'number', x.dtype)
      return [x]
    },
  },
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
