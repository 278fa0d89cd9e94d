import { orderingFamily as wasm } from '../../backends/wasm/kernels/ordering.ts'
import { defineFamily } from '../../op.ts'
import { expectCountWithin, expectFloat, expectRank } from '../../op-checks.ts'

/** The first `count` of every row in this order. */
export interface SortParams {
  readonly descending: boolean
  readonly count: number
}

/** Ops that compare the elements of a row, with their kernels. */
const ops = /*#__PURE__*/ defineFamily<{
  sort: SortParams
  topKMask: { readonly k: number }
}>(
  'ordering',
  { wasm },
  {
    sort: {
      outputs(op, [x], { count }) {
        expectRank(op, 'a tensor', x, 1)
        expectCountWithin(op, 'count', count, x.shape.at(-1)!)
        const shape = [...x.shape.slice(0, -1), count]
        return [
          { shape, dtype: x.dtype },
          { shape, dtype: 'int32' },
        ]
      },
    },
    topKMask: {
      outputs(op, [x], { k }) {
        expectFloat(op, x)
        expectRank(op, 'a tensor', x, 1)
        expectCountWithin(op, 'k', k, x.shape.at(-1)!)
        return [{ shape: x.shape, dtype: 'bool' }]
      },
    },
  },
)
export default ops
