import { describe, expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { checkCounts, formatShape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

const ops = /*#__PURE__*/ defineOps<{
  slice: { readonly starts: readonly number[]; readonly sizes: readonly number[] }
}>({
  slice: {
    outputs(op, [x], { starts, sizes }) {
      const rank = x.shape.length
      checkCounts(op, 'starts', starts, rank)
      checkCounts(op, 'sizes', sizes, rank)
      for (let i = 0; i < rank; i++) {
        if (starts[i] + sizes[i] > x.shape[i]) {
          throw new RangeError(
            `${op}: [${starts[i]}, ${starts[i] + sizes[i]}) is outside axis ${i} of ${formatShape(x.shape)}`,
          )
        }
      }
      return [{ shape: sizes, dtype: x.dtype }]
    },
    // Leading-axis slices are views: everything behind the first axis is taken whole.
    viewOffset([x], { starts, sizes }) {
      for (let i = 1; i < sizes.length; i++) if (sizes[i] !== x.shape[i]) return undefined
      return sizes.length === 0 ? 0 : starts[0] * sizeOf(x.shape.slice(1))
    },
  },
})
export default ops

/** The block from `starts` of lengths `sizes`; leading-axis blocks are views. @throws RangeError outside the tensor. */
export const slice = (x: Tensor, starts: readonly number[], sizes: readonly number[]): Tensor =>
  dispatch(ops.slice, [x], { starts, sizes })[0]

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
