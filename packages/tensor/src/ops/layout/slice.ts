import { describe, expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { checkCounts, checkSteps, formatShape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

const ops = /*#__PURE__*/ defineOps<{
  slice: {
    readonly starts: readonly number[]
    readonly sizes: readonly number[]
    /** All 1 where they are left out. */
    readonly steps?: readonly number[] | undefined
  }
}>({
  slice: {
    outputs(op, [x], { starts, sizes, steps }) {
      const rank = x.shape.length
      checkCounts(op, 'starts', starts, rank)
      checkCounts(op, 'sizes', sizes, rank)
      if (steps !== undefined) checkSteps(op, steps, rank)
      for (let i = 0; i < rank; i++) {
        if (steps !== undefined && steps[i] !== 1 && sizes[i] > 1) {
          const last = starts[i] + (sizes[i] - 1) * steps[i]
          if (starts[i] < x.shape[i] && last >= 0 && last < x.shape[i]) continue
          throw new RangeError(
            `${op}: ${starts[i]} … ${last} in steps of ${steps[i]} is outside axis ${i} of ${formatShape(x.shape)}`,
          )
        }
        if (starts[i] + sizes[i] > x.shape[i]) {
          throw new RangeError(
            `${op}: [${starts[i]}, ${starts[i] + sizes[i]}) is outside axis ${i} of ${formatShape(x.shape)}`,
          )
        }
      }
      return [{ shape: sizes, dtype: x.dtype }]
    },
    // Leading-axis slices are views: everything behind the first axis is taken whole.
    viewOffset([x], { starts, sizes, steps }) {
      for (let i = 1; i < sizes.length; i++) if (sizes[i] !== x.shape[i]) return undefined
      // What a function passed to `some` closes over would be allocated for callers without steps too.
      if (steps !== undefined)
        for (let i = 0; i < steps.length; i++) if (steps[i] !== 1 && sizes[i] > 1) return undefined
      return sizes.length === 0 ? 0 : starts[0] * sizeOf(x.shape.slice(1))
    },
  },
})
export default ops

/**
 * The block from `starts` of lengths `sizes`, of any dtype: element j along axis i is `starts[i] + j · steps[i]` of `x`. Leading-axis blocks in
 * steps of 1 are views, everything else is a copy. {@link stridedSlice} is the same by ranges.
 *
 * @param starts one an axis, whole numbers ≥ 0; where the size is 0, any up to the axis's length
 * @param steps one an axis, whole numbers ≠ 0, backwards where they are negative; all 1 where left out
 * @throws RangeError unless there is one of each for every axis, and where an element lies outside the tensor
 * @example
 * const x = tensor([0, 1, 2, 3, 4, 5])
 * slice(x, [1], [3]).toArray()   // [1, 2, 3]
 * slice(x, [1], [3], [2]).toArray()   // [1, 3, 5]
 * slice(x, [4], [2], [-3]).toArray()   // [4, 1]
 */
export const slice = (
  x: Tensor,
  starts: readonly number[],
  sizes: readonly number[],
  steps?: readonly number[],
): Tensor =>
  // With a third key for every caller, a view took 1.06 times as long.
  dispatch(ops.slice, [x], steps === undefined ? { starts, sizes } : { starts, sizes, steps })[0]

/** Rows `from … to − 1` of the leading axis: a view. @throws RangeError outside the tensor. */
export function rows(x: Tensor, from: number, to: number): Tensor {
  expectTensor('rows', x)
  if (x.rank === 0) throw new RangeError('rows: expected a tensor of rank ≥ 1, got []')
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= x.shape[0]))
    throw new RangeError(
      `rows: expected rows within 0 … ${x.shape[0]}, got ${describe(from)} … ${describe(to)}`,
    )
  const inner = x.shape.slice(1)
  return slice(x, [from, ...inner.map(() => 0)], [to - from, ...inner])
}
