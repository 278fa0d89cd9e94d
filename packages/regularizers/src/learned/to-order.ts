import { gather, Tensor, tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { expectOrder, inverseOrder } from '../banks/expect-order.ts'

/**
 * The columns of a matrix in an order: column k of the result is column `order[k]` of the data.
 *
 * @param data [n, d]
 * @param order [d], as `learnOrder` finds it
 * @throws RangeError for what is no matrix or an order of another size; TypeError for what is no order.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { fromOrder, toOrder } from '@facet/regularizers'
 * await init()
 * const ordered = toOrder(tensor([[1, 2, 3]]), Int32Array.of(2, 0, 1)) // [[3, 1, 2]]
 * fromOrder(ordered, Int32Array.of(2, 0, 1)) // [[1, 2, 3]]
 */
export const toOrder = (data: Tensor, order: Int32Array): Tensor => {
  expectColumns('toOrder', data, order)
  return gather(data, tensor(order), 1)
}

/**
 * The columns back where they were: undoes {@link toOrder}.
 *
 * @param data [n, d] in the order
 * @throws RangeError for what is no matrix or an order of another size; TypeError for what is no order.
 */
export const fromOrder = (data: Tensor, order: Int32Array): Tensor => {
  expectColumns('fromOrder', data, order)
  return gather(data, tensor(inverseOrder(order)), 1)
}

function expectColumns(operation: string, data: Tensor, order: Int32Array): void {
  if (!(data instanceof Tensor) || data.rank !== 2) {
    throw new RangeError(`${operation}: data: expected rows [n, d], got ${describe(data)}`)
  }
  expectOrder(operation, order, data.shape[1])
}
