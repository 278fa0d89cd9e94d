import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { expectCountWithin, expectFloat, expectRank } from '../../op-checks.ts'
import type { Tensor } from '../../tensor.ts'

const ops = /*#__PURE__*/ defineOps<{
  topKMask: { readonly k: number }
}>({
  topKMask: {
    outputs(op, [x], { k }) {
      expectFloat(op, x)
      expectRank(op, 'a tensor', x, 1)
      expectCountWithin(op, 'k', k, x.shape.at(-1)!)
      return [{ shape: x.shape, dtype: 'bool' }]
    },
  },
})
export default ops

/** The last axis' `k` entries of largest absolute value, first on ties: bool like `x`. NaN is larger than all numbers, and equal to itself. */
export const topKMask = (x: Tensor, k: number): Tensor => dispatch(ops.topKMask, [x], { k })[0]
