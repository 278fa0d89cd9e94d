import { type Network, type RegionCode, withoutGradient } from '@facet/models'
import {
  add,
  expandDims,
  logicalAnd,
  logicalNot,
  logicalOr,
  mul,
  scope,
  stopGradient,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'
import { aCount, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { expectPoints, expectSameShape } from '../numbers/checks.ts'
import { areFinite } from '../numbers/scaled.ts'
import { knownRegion } from './known-region.ts'
import type { Neighbour } from './neighbour.ts'

const dichotomicOptions = optionTable('dichotomicNeighbour', {
  /**
   * How often a start inside the own region is moved to twice its distance; default 6
   * (docs/mathematics.md 3.1). 0: never.
   */
  doublings: withDefault(aCount(0), 6),
  /** How often the bracket is halved; default 20, which leaves a millionth of it. */
  bisections: withDefault(aCount(0), 20),
})

/** How long {@link dichotomicNeighbour} searches. Both numbers are of passes through the network. */
export type DichotomicOptions = OptionsOf<typeof dichotomicOptions>

/**
 * A neighbouring region found by bisection (Sec. 5.2 of the paper): from a second point outside the region of θ, halve the
 * way to θ and keep the last point that is still outside.
 *
 * Every row takes the same number of steps and nothing is read back, so the search can be recorded. Regions are
 * convex, hence what the bisection closes in on is the wall where the ray leaves the region of θ; thinner regions than
 * the last bracket are skipped. Nothing here has a gradient.
 *
 * @param theta [N, inputs]
 * @param start second points [N, inputs], usually θ plus noise.
 * @returns `point` is the last point outside the region of θ and `code` its region. Where `found` is false, `point` is
 * `start` and `code` that of θ. Nothing is found from or at points that are not finite or where the network says NaN.
 * @throws Error for shapes or dtypes that do not fit, RangeError for numbers of steps that are not integers ≥ 0,
 * TypeError for an unknown option.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { dichotomicNeighbour } from '@facet/geometry'
 * await init()
 * const decoder = network({ sizes: [2, 8, 3], activations: ['relu', 'identity'], key: key(0) })
 * const { code, found } = dichotomicNeighbour(decoder, tensor([[0.3, -0.2]]), tensor([[0.4, 0.1]]))
 * code.count // 1
 */
export function dichotomicNeighbour(
  network: Network,
  theta: Tensor,
  start: Tensor,
  options: DichotomicOptions = {},
): Neighbour {
  const { doublings, bisections } = dichotomicOptions.resolve(options)
  expectPoints('dichotomicNeighbour', 'theta', network, theta)
  expectSameShape('dichotomicNeighbour', 'theta and start', theta, start)
  return scope(() =>
    withoutGradient(network.parameters, () => {
      const from = stopGradient(theta)
      const { code: home, isKnown } = knownRegion(network, from)
      const outside = reachOutside(network, home, from, stopGradient(start), doublings)
      const nearest = bisect(network, home, from, outside, bisections)
      const found = logicalAnd(
        nearest.found,
        logicalAnd(isKnown, knownRegion(network, nearest.point).isKnown),
      )
      return {
        code: nearest.code.where(found, home),
        found,
        point: where(expandDims(found, 1), nearest.point, stopGradient(start)),
      }
    }),
  )
}

/** The first of the points at 1, 2, 4, … times the start's distance that is in another region. */
function reachOutside(
  network: Network,
  home: RegionCode,
  theta: Tensor,
  start: Tensor,
  doublings: number,
): Neighbour {
  const step = sub(start, theta)
  let code = network.regionCode(start)
  let found = isElsewhere(start, code, home)
  let point = start
  for (let k = 1; k <= doublings; k++) {
    const further = add(theta, mul(step, 2 ** k))
    const codeThere = network.regionCode(further)
    const take = logicalAnd(logicalNot(found), isElsewhere(further, codeThere, home))
    point = where(expandDims(take, 1), further, point)
    code = codeThere.where(take, code)
    found = logicalOr(found, take)
  }
  return { code, found, point }
}

function bisect(
  network: Network,
  home: RegionCode,
  theta: Tensor,
  outside: Neighbour,
  steps: number,
): Neighbour {
  const { found } = outside
  let { code, point: high } = outside
  let low = theta
  for (let step = 0; step < steps; step++) {
    // Halved first: the sum of two large points may have no place in the dtype.
    const middle = add(mul(low, 0.5), mul(high, 0.5))
    const codeThere = network.regionCode(middle)
    const beyond = logicalNot(codeThere.equals(home))
    const closer = logicalAnd(found, beyond)
    high = where(expandDims(closer, 1), middle, high)
    low = where(expandDims(beyond, 1), low, middle)
    code = codeThere.where(closer, code)
  }
  return { code, found, point: high }
}

/** Whether points lie in another region than that of `home`; points that are not finite lie in none. */
function isElsewhere(point: Tensor, code: RegionCode, home: RegionCode): Tensor {
  return logicalAnd(areFinite(point), logicalNot(code.equals(home)))
}
