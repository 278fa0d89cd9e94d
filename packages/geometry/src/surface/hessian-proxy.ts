import type { Network } from '@facet/models'
import {
  add,
  type Key,
  logicalAnd,
  logicalNot,
  mul,
  scope,
  squeeze,
  sub,
  type Tensor,
  where,
  zeros,
} from '@facet/tensor'
import { aCount, aPositiveNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { knownRegion } from '../neighbours/known-region.ts'
import { expectPoints } from '../numbers/checks.ts'
import { scaledNorm } from '../numbers/scaled.ts'

const hessianProxyOptions = optionTable('hessianProxy', {
  /** Perturbed points per sample; default 1. */
  samples: withDefault(aCount(), 1),
  /** Standard deviation of the perturbation; default 0.1. */
  sigma: withDefault(aPositiveNumber, 0.1),
})

/**
 * How {@link hessianProxy} looks for neighbouring regions. Both defaults are those of the higher-order contractive penalty
 * (docs/mathematics.md 4.2).
 */
export type HessianProxyOptions = OptionsOf<typeof hessianProxyOptions>

/**
 * What a piecewise-affine network has in place of a Hessian (Eq. 9): `Σ_ω' ‖J_ω − J_ω'‖_F` over the regions ω' that the
 * perturbed points x + σ n, n ~ N(0, I), fall in, each region counted once.
 *
 * @param x [N, inputs]
 * @returns [N]; 0 where no perturbed point leaves the region, NaN where x or a perturbed point lies in none: a number is not
 * finite, or the network says NaN.
 * @throws Error for a shape or dtype that does not fit, RangeError for fewer than one sample or a sigma that is not > 0,
 * TypeError for an unknown option.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { hessianProxy } from '@facet/geometry'
 * await init()
 * const affine = network({ sizes: [2, 3], activations: 'identity', key: key(0) })
 * hessianProxy(affine, tensor([[1, 2]]), key(1), { samples: 4 }).toArray() // [0]
 */
export function hessianProxy(
  network: Network,
  x: Tensor,
  key: Key,
  options: HessianProxyOptions = {},
): Tensor {
  const { samples, sigma } = hessianProxyOptions.resolve(options)
  expectPoints('hessianProxy', 'x', network, x)
  return scope(() => {
    const { code: home, isKnown } = knownRegion(network, x)
    let known = isKnown
    const jacobian = network.jacobian(home)
    const seen = [home]
    let total = zeros([home.count], jacobian.dtype)
    for (let j = 0; j < samples; j++) {
      const noise = key.child(j).normal(x.shape, x.dtype as 'float32' | 'float64')
      const { code, isKnown } = knownRegion(network, add(x, mul(noise, sigma)))
      known = logicalAnd(known, isKnown)
      const isNew = seen.map((other) => logicalNot(code.equals(other))).reduce(logicalAnd)
      const change = squeeze(scaledNorm(sub(jacobian, network.jacobian(code)), [1, 2]), [1, 2])
      total = add(total, where(isNew, change, 0))
      seen.push(code)
    }
    return where(known, total, Number.NaN)
  })
}
