import type { ShapeRule } from '../../op.ts'
import { expectCountWithin, expectFloat, expectRank } from '../../op-checks.ts'

/** The first `count` of every row in this order. */
export interface SortParams {
  readonly descending: boolean
  readonly count: number
}

/** The ops whose kernels come with the family `ordering`. */
export type OrderingFamily = {
  readonly sort: SortParams
  readonly topKMask: { readonly k: number }
}

export const rules: { readonly [N in keyof OrderingFamily]: ShapeRule<OrderingFamily[N]> } = {
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
}
