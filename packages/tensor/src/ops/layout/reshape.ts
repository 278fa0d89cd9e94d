import { expectTensor } from '../../checks.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import {
  checkShape,
  formatShape,
  normaliseAxes,
  normaliseAxis,
  type Shape,
  sameShape,
  sizeOf,
} from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

const ops = /*#__PURE__*/ defineOps<{
  reshape: { readonly shape: Shape }
}>({
  reshape: {
    outputs(op, [x], { shape }) {
      checkShape(op, shape)
      if (sizeOf(shape) !== sizeOf(x.shape)) {
        throw new RangeError(
          `${op}: ${formatShape(x.shape)} has ${sizeOf(x.shape)} elements, ${formatShape(shape)} needs ${sizeOf(shape)}`,
        )
      }
      return [{ shape, dtype: x.dtype }]
    },
    viewOffset: () => 0,
  },
})
export default ops

/**
 * The same elements in another shape: a view, which may be disposed apart from `x`. One length may be −1 and is worked out, as long
 * as there is one that fits: nothing, `[0]`, is 0 of any length but not `[-1, 0]`.
 *
 * @throws RangeError if the number of elements differs, or −1 could be any number.
 * @example reshape(zeros([4, 6]), [-1, 3]).shape   // [8, 3]
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  expectTensor('reshape', x)
  const full = Array.isArray(shape) && shape.includes(-1) ? workedOut(x, shape) : shape
  checkShape('reshape', full)
  return sameShape(x.shape, full) ? own('reshape', x) : dispatch(ops.reshape, [x], { shape: full })[0]
}

/** The length for −1. */
function workedOut(x: Tensor, shape: Shape): Shape {
  const open = shape.indexOf(-1)
  if (shape.includes(-1, open + 1))
    throw new RangeError(`reshape: expected −1 once at most, got ${formatShape(shape)}`)
  const others = shape.filter((_, i) => i !== open)
  checkShape('reshape', others)
  const known = sizeOf(others)
  if (known === 0) {
    const any = x.size === 0 ? ': −1 could be any length' : ''
    throw new RangeError(`reshape: ${formatShape(x.shape)} does not fit ${formatShape(shape)}${any}`)
  }
  const length = x.size / known
  if (!Number.isInteger(length))
    throw new RangeError(`reshape: ${formatShape(x.shape)} does not fit ${formatShape(shape)}`)
  return shape.map((l, i) => (i === open ? length : l))
}

/** A new axis of length 1. */
export function expandDims(x: Tensor, axis: number): Tensor {
  expectTensor('expandDims', x)
  const at = normaliseAxis('expandDims', axis, x.rank + 1)
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])
}

/** Without the named axes of length 1 (default: all of them). @throws RangeError for another length. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('squeeze', x)
  const gone =
    axes === undefined
      ? x.shape.flatMap((length, i) => (length === 1 ? [i] : []))
      : normaliseAxes('squeeze', axes, x.rank)
  for (const axis of gone) {
    if (x.shape[axis] !== 1)
      throw new RangeError(`squeeze: axis ${axis} of ${formatShape(x.shape)} is not of length 1`)
  }
  return reshape(
    x,
    x.shape.filter((_, i) => !gone.includes(i)),
  )
}
