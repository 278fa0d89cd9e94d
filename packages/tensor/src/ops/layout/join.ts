import { expectTensor } from '../../checks.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { same } from '../../op-checks.ts'
import { formatShape, normaliseAxis, sameShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { checkList } from './check-list.ts'
import { expandDims } from './reshape.ts'

const ops = /*#__PURE__*/ defineOps<{
  concat: { readonly axis: number }
}>({
  concat: {
    outputs(op, inputs, { axis }) {
      const [first, ...rest] = inputs
      let length = first.shape[axis]
      for (const x of rest) {
        same(op, first, x)
        if (
          x.shape.length !== first.shape.length ||
          x.shape.some((l, i) => i !== axis && l !== first.shape[i])
        ) {
          throw new RangeError(
            `${op}: shapes differ beside axis ${axis}: ${formatShape(first.shape)} and ${formatShape(x.shape)}`,
          )
        }
        length += x.shape[axis]
      }
      return [{ shape: first.shape.map((l, i) => (i === axis ? length : l)), dtype: first.dtype }]
    },
  },
})
export default ops

/** @throws for what is no list of tensors, and an empty one. */
function checkTensors(op: string, xs: readonly Tensor[]): void {
  checkList(op, 'tensors', xs)
  if (xs.length === 0) throw new RangeError(`${op}: expected at least one tensor, got none`)
  for (const x of xs) expectTensor(op, x)
}

/** Joined along an existing axis. @throws for an empty list. */
export function concat(xs: readonly Tensor[], axis: number): Tensor {
  checkTensors('concat', xs)
  const at = normaliseAxis('concat', axis, xs[0].rank)
  return xs.length === 1 ? own('concat', xs[0]) : dispatch(ops.concat, xs, { axis: at })[0]
}

/** Joined along a new axis. @throws for an empty list, and tensors of several shapes or dtypes. */
export function stack(xs: readonly Tensor[], axis = 0): Tensor {
  checkTensors('stack', xs)
  for (const x of xs) {
    if (!sameShape(x.shape, xs[0].shape))
      throw new RangeError(`stack: shapes differ: ${formatShape(xs[0].shape)} and ${formatShape(x.shape)}`)
    same('stack', xs[0], x)
  }
  const at = normaliseAxis('stack', axis, xs[0].rank + 1)
  return concat(
    xs.map((x) => expandDims(x, at)),
    at,
  )
}
