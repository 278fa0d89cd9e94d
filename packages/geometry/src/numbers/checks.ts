import type { Network } from '@facet/models'
import { formatShape, Tensor } from '@facet/tensor'
import { describe as describeValue } from '@facet/tensor/checks'

/** @throws Error unless `x` is [N, network.inputs] in the dtype of the network's weights. */
export function expectPoints(operation: string, what: string, network: Network, x: Tensor): void {
  const { dtype } = network
  if (x instanceof Tensor && x.rank === 2 && x.shape[1] === network.inputs && x.dtype === dtype) return
  throw new Error(`${operation}: expected ${what} ${dtype} [N, ${network.inputs}], got ${describe(x)}`)
}

/** @throws Error unless both have one shape. */
export function expectSameShape(operation: string, what: string, a: Tensor, b: Tensor): void {
  if (b instanceof Tensor && a.shape.join() === b.shape.join()) return
  throw new Error(`${operation}: expected ${what} of one shape, got ${describe(a)} and ${describe(b)}`)
}

/** A tensor in an error message: `float32 [3, 2]`. */
export function describe(x: Tensor): string {
  return x instanceof Tensor ? `${x.dtype} ${formatShape(x.shape)}` : describeValue(x)
}
