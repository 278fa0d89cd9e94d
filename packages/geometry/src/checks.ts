import type { Network } from '@facet/models'
import { formatShape, type Tensor } from '@facet/tensor'

/** @throws Error unless `x` is [N, network.inputs] in the dtype of the network's weights. */
export function expectPoints(operation: string, what: string, network: Network, x: Tensor): void {
  const dtype = network.layers[0].weight.value.dtype
  if (x.rank === 2 && x.shape[1] === network.inputs && x.dtype === dtype) return
  throw new Error(`${operation}: expected ${what} ${dtype} [N, ${network.inputs}], got ${describe(x)}`)
}

/** @throws Error unless both have one shape. */
export function expectSameShape(operation: string, what: string, a: Tensor, b: Tensor): void {
  if (a.shape.join() === b.shape.join()) return
  throw new Error(`${operation}: expected ${what} of one shape, got ${describe(a)} and ${describe(b)}`)
}

/** @throws RangeError unless `value` is an integer of at least `least`. */
export function expectCount(operation: string, what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return
  throw new RangeError(`${operation}: expected ${what} to be an integer ≥ ${least}, got ${value}`)
}

/** A tensor in an error message: `float32 [3, 2]`. */
export function describe(x: Tensor): string {
  return `${x.dtype} ${formatShape(x.shape)}`
}
