import { expectTensor } from '../../checks.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { formatShape, normaliseAxes, normaliseAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { checkList } from './check-list.ts'

/** Axes, none negative. */
export interface AxesParams {
  readonly axes: readonly number[]
}

const ops = /*#__PURE__*/ defineOps<{
  transpose: AxesParams
  flip: AxesParams
}>({
  transpose: {
    outputs: (_op, [x], { axes }) => [{ shape: axes.map((axis) => x.shape[axis]), dtype: x.dtype }],
  },
  flip: { outputs: (_op, [x]) => [x] },
})
export default ops

/** Axes in another order; without `axes`, reversed. @throws RangeError unless `axes` names each axis once. */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  expectTensor('transpose', x)
  if (axes !== undefined) checkList('transpose', 'axes such as [1, 0]', axes)
  const order =
    axes?.map((axis) => normaliseAxis('transpose', axis, x.rank)) ?? x.shape.map((_, i) => x.rank - 1 - i)
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new RangeError(`transpose: expected each of ${x.rank} axes once, got ${formatShape(order)}`)
  }
  return order.every((axis, i) => axis === i)
    ? own('transpose', x)
    : dispatch(ops.transpose, [x], { axes: order })[0]
}

/** Reversed along `axes` (default all). */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('flip', x)
  const turned = normaliseAxes('flip', axes, x.rank)
  return turned.length === 0 ? own('flip', x) : dispatch(ops.flip, [x], { axes: turned })[0]
}
