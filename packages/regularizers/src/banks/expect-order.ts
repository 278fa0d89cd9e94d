import { describe } from '@facet/tensor/checks'

/** @throws TypeError or RangeError unless the order has each of 0 … d − 1 once. */
export function expectOrder(operation: string, order: Int32Array, d: number): void {
  if (!(order instanceof Int32Array)) {
    throw new TypeError(`${operation}: order: expected an Int32Array, got ${describe(order)}`)
  }
  const isThere = new Uint8Array(d)
  for (const at of order) if (at >= 0 && at < d) isThere[at] = 1
  if (order.length === d && isThere.every((there) => there === 1)) return
  throw new RangeError(
    `${operation}: order: expected each of 0 … ${d - 1} once, got ${order.length} numbers [${order.slice(0, 8).join(', ')}${order.length > 8 ? ', …' : ''}]`,
  )
}

/** Where each coordinate stands in an order. */
export function inverseOrder(order: Int32Array): Int32Array {
  const back = new Int32Array(order.length)
  order.forEach((from, to) => {
    back[from] = to
  })
  return back
}
