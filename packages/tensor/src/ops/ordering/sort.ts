import { expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { expectCountWithin } from '../../op-checks.ts'
import { aBoolean, type OptionsOf, optionTable, withDefault } from '../../option-table.ts'
import { normaliseAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { transpose } from '../layout/axes.ts'
import ops from './family.ts'

/** Sorted values and their places along an axis, which is brought to the end for the op and back. */
function sorted(
  op: string,
  x: Tensor,
  axis: number,
  descending: boolean,
  countOf = (length: number): number => length,
): [values: Tensor, indices: Tensor] {
  expectTensor(op, x)
  const [along, last] = [normaliseAxis(op, axis, x.rank), x.rank - 1]
  const params = { descending, count: countOf(x.shape[along]) }
  if (along === last) return dispatch(ops.sort, [x], params) as [Tensor, Tensor]
  // Two axes change places: the same order brings them back.
  const order = x.shape.map((_, i) => (i === along ? last : i === last ? along : i))
  const moved = dispatch(ops.sort, [transpose(x, order)], params)
  return moved.map((y) => transpose(y, order)) as [Tensor, Tensor]
}

const sortOptions = /*#__PURE__*/ optionTable('sort', {
  /** Largest first. Default false. */
  descending: /*#__PURE__*/ withDefault(aBoolean, false),
})

/**
 * The settings of {@link sort} and {@link argsort}.
 *
 * @example
 * const options: SortOptions = { descending: true }
 * sort(tensor([1, 3, 2]), 0, options).toArray()   // [3, 2, 1]
 */
export type SortOptions = OptionsOf<typeof sortOptions>

/**
 * The elements in ascending (or `descending`) order along `axis`, in the shape of x, of any dtype. NaN counts as the largest of all: it is
 * last, and first in descending order. Equal elements keep their order in both directions; NaN is equal to NaN, −0 to 0. An empty
 * axis stays empty.
 *
 * The derivative moves tangents and cotangents as the elements were moved; of equal elements it follows those that were chosen.
 *
 * O(n) a row on `wasm`, by the bytes of the numbers; n² comparisons side by side on `gpu`.
 *
 * @throws RangeError for an axis that x has not; TypeError for an unknown option
 * @example
 * sort(tensor([3, 1, NaN, 2])).toArray()                        // [1, 2, 3, NaN]
 * sort(tensor([[1, 4], [3, 2]]), 0, { descending: true }).toArray()   // [[3, 4], [1, 2]]
 */
export function sort(x: Tensor, axis = -1, options: SortOptions = {}): Tensor {
  return sorted('sort', x, axis, sortOptions.resolve(options).descending)[0]
}

/**
 * The int32 indices along `axis` that {@link sort} takes the elements from: `takeAlongAxis(x, argsort(x))` is `sort(x)`. Constant
 * under differentiation.
 *
 * @throws as {@link sort} does
 * @example
 * argsort(tensor([3, 1, 2])).toArray()                          // [1, 2, 0]
 * argsort(tensor([0, 1, 1]), 0, { descending: true }).toArray() // [1, 2, 0]
 */
export function argsort(x: Tensor, axis = -1, options: SortOptions = {}): Tensor {
  return sorted('argsort', x, axis, sortOptions.resolve(options, 'argsort').descending)[1]
}

const topKOptions = /*#__PURE__*/ optionTable('topK', {
  /** The smallest in their place, in ascending order. Default false. */
  smallest: /*#__PURE__*/ withDefault(aBoolean, false),
})

/**
 * The settings of {@link topK}.
 *
 * @example
 * const options: TopKOptions = { smallest: true }
 * topK(tensor([1, 3, 2]), 1, 0, options).values.toArray()   // [1]
 */
export type TopKOptions = OptionsOf<typeof topKOptions>

/**
 * The `k` largest (or `smallest`) elements along `axis` and their int32 indices, in order: the first k of {@link sort} in descending (ascending)
 * order, with its ties and its NaN, which is the largest of all. Both are shaped as x, with `k` in the place of the axis.
 *
 * The values are differentiable as those of {@link sort} are; elements that were not chosen get 0.
 *
 * @param k from 0 to the length of the axis
 * @throws RangeError for another k, and an axis that x has not; TypeError for an unknown option
 * @example
 * const { values, indices } = topK(tensor([1, 5, 3, 5]), 2)
 * values.toArray()    // [5, 5]
 * indices.toArray()   // [1, 3]
 */
export function topK(
  x: Tensor,
  k: number,
  axis = -1,
  options: TopKOptions = {},
): { values: Tensor; indices: Tensor } {
  const { smallest } = topKOptions.resolve(options)
  const [values, indices] = sorted('topK', x, axis, !smallest, (length) => {
    expectCountWithin('topK', 'k', k, length)
    return k
  })
  return { values, indices }
}
