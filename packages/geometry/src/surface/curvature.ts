import type { Network, RegionCode } from '@facet/models'
import { scope, sub, sum, type Tensor, tensor } from '@facet/tensor'
import { groupByRegion } from '../codes/regions.ts'
import { areFinite, scaledNorm } from '../numbers/scaled.ts'

/** Numbers of Jacobians that are held at a time: 8 MB in float64. */
const CHUNK_ELEMENTS = 2 ** 20

/**
 * The Hessian proxy of Eq. 9 with true neighbours, `Σ_{ω' ∈ N(ω)} ‖J_ω − J_ω'‖_F` over the regions ω' beyond the walls of ω: what a
 * piecewise-affine network has in place of curvature. `hessianProxy` takes the regions of a few perturbed points for N(ω). Which regions lie
 * beyond the walls is given: every one counts once, however often it is named, and ω itself adds 0. Exact up to rounding.
 *
 * @param home regions ω, M of them
 * @param neighbours of each region the codes beyond its walls; for one region they may be given as they are
 * @returns [M], in the dtype of the network; 0 without neighbours, NaN where a Jacobian is not finite.
 * @throws Error for codes of another network, or another number of lists of neighbours.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { curvature } from '@facet/geometry'
 * await init()
 * const hinge = new Network([new Dense({ name: 'hinge', weight: tensor([[3, 4]]), bias: null, activation: reluActivation })])
 * const [home, beyond] = [tensor([[1, 1]]), tensor([[-1, -1]])].map((x) => hinge.regionCode(x))
 * curvature(hinge, home, beyond).toArray() // [5]
 */
export function curvature(
  network: Network,
  home: RegionCode,
  neighbours: RegionCode | readonly RegionCode[],
): Tensor {
  const lists = Array.isArray(neighbours) ? (neighbours as readonly RegionCode[]) : [neighbours as RegionCode]
  if (lists.length !== home.count) {
    throw new Error(
      `curvature: expected the neighbours of ${home.count} regions, got ${lists.length} ${lists.length === 1 ? 'code' : 'codes'}`,
    )
  }
  const total = lists.map((list, n) => scope(() => changeOf(network, home.rows(n, n + 1), list)))
  return tensor(Float64Array.from(total), { shape: [home.count], dtype: network.dtype })
}

function changeOf(network: Network, home: RegionCode, neighbours: RegionCode): number {
  const own = network.jacobian(home)
  if (areFinite(own).item() === 0) return Number.NaN
  const distinct = neighbours.gather(tensor(groupByRegion(neighbours).representatives))
  const chunk = Math.max(1, Math.floor(CHUNK_ELEMENTS / own.size))
  let total = 0
  for (let from = 0; from < distinct.count; from += chunk) {
    total += scope(() => {
      const there = network.jacobian(distinct.rows(from, Math.min(from + chunk, distinct.count)))
      return sum(scaledNorm(sub(there, own), [1, 2])).item()
    })
  }
  return total
}
