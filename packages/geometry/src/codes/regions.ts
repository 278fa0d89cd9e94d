import type { Network, RegionCode } from '@facet/models'
import { logicalAnd, scope, type Tensor, zeros } from '@facet/tensor'
import { knownRegion } from '../neighbours/known-region.ts'
import { expectPoints } from '../numbers/checks.ts'

/**
 * Which points lie in a region: each in that of the same row, or all in the only one.
 *
 * @param code of this network, N regions or one
 * @param x [N, inputs]
 * @returns bool [N]; false for a point with a number that is not finite, and where the network says NaN.
 * @throws Error for shapes or dtypes that do not fit, another number of regions, or a code of another network.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { regionMembership } from '@facet/geometry'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const x = tensor([[0.5, -1], [0.5, -1]])
 * regionMembership(net, net.regionCode(x), x).toArray() // [1, 1]
 */
export function regionMembership(network: Network, code: RegionCode, x: Tensor): Tensor {
  expectPoints('regionMembership', 'x', network, x)
  return scope(() => {
    const { code: there, isKnown } = knownRegion(network, x)
    const wanted = code.count === 1 ? code.gather(zeros([there.count], 'int32')) : code
    return logicalAnd(isKnown, there.equals(wanted))
  })
}

/** Samples grouped by the region they lie in. */
export interface RegionGroups {
  /** For each sample the number of its region, counted from 0 in order of appearance: [N]. */
  readonly group: Int32Array
  /** For each region its first sample. */
  readonly representatives: Int32Array
}

/**
 * Groups the samples of a code by region; `representatives.length` is the number of regions that they lie in (the
 * count of Fig. 3). Reads the code back. A code does not tell NaN from a number that is not > 0: samples with numbers that are
 * not finite are grouped by the states they were given, and should be left out before.
 *
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { groupByRegion } from '@facet/geometry'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const { group, representatives } = groupByRegion(net.regionCode(tensor([[0.5, -1], [9, 9], [0.5, -1]])))
 * group[2] // 0
 * representatives[0] // 0
 */
export function groupByRegion(code: RegionCode): RegionGroups {
  const numbers = new Map<string, number>()
  const representatives: number[] = []
  const group = code.hash().map((hash, n) => {
    const known = numbers.get(hash)
    if (known !== undefined) return known
    numbers.set(hash, representatives.length)
    return representatives.push(n) - 1
  })
  return { group: Int32Array.from(group), representatives: Int32Array.from(representatives) }
}
