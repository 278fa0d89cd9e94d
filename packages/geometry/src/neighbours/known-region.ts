import type { Network, RegionCode } from '@facet/models'
import { any, isNaN, logicalAnd, logicalNot, type Tensor } from '@facet/tensor'
import { areFinite } from '../numbers/scaled.ts'

/**
 * The output and the region of every point x [N, inputs], and whether it lies in one: bool [N]. A point with a number that is not
 * finite does not, nor does one at which the network says NaN: NaN is no pre-activation > 0, and reads as state 0.
 */
export function knownRegion(
  network: Network,
  x: Tensor,
): { output: Tensor; code: RegionCode; isKnown: Tensor } {
  const { output, code } = network.forward(x)
  return { output, code, isKnown: logicalAnd(areFinite(x), logicalNot(any(isNaN(output), 1))) }
}
