import type { Network, RegionCode } from '@facet/models'
import { scope, type Tensor, tensor } from '@facet/tensor'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { expectPoints } from '../numbers/checks.ts'
import { aBox, type GivenBox } from '../region/domain.ts'
import { regionAt } from '../region/region.ts'
import { curvature } from './curvature.ts'

const curvatureAtOptions = optionTable('curvatureAt', {
  /** Only walls within it count: `[lower, upper]` for all axes, `{ lower, upper }` with ends for each axis, or `null` (default) for all of space. */
  box: withDefault(aBox, null as GivenBox),
})

/** The settings of {@link curvatureAt}. */
export type CurvatureAtOptions = OptionsOf<typeof curvatureAtOptions>

/**
 * The {@link curvature} of the regions of some points, their neighbours found by `regionAt`: every region beyond a wall, and no other. Of a decoder
 * with h up to some 8 latents; the walls of a region are linear programs, thousands of times as dear as `hessianProxy`'s draws.
 *
 * @param x [N, inputs]
 * @returns [N], in the dtype of the network; NaN for a point with a number that is not finite.
 * @throws Error for a shape or dtype that does not fit and weights that are not finite, RangeError for a point outside of the box.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { curvatureAt } from '@facet/geometry'
 * await init()
 * const weight = tensor([[3, 0], [0, 4]])
 * const corner = new Network([new Dense({ name: 'corner', weight, bias: null, activation: reluActivation })])
 * curvatureAt(corner, tensor([[1, 1], [-1, 1]])).toArray() // [7, 7]: across either wall
 */
export function curvatureAt(network: Network, x: Tensor, options: CurvatureAtOptions = {}): Tensor {
  const { box } = curvatureAtOptions.resolve(options)
  expectPoints('curvatureAt', 'x', network, x)
  return scope(() => {
    const numbers = Float64Array.from(x.dataSync() as ArrayLike<number>)
    const { inputs, dtype } = network
    const found = Array.from({ length: x.shape[0] }, (_, n) => {
      const point = numbers.subarray(n * inputs, (n + 1) * inputs)
      if (!point.every(Number.isFinite)) return Number.NaN
      return scope(() => {
        const region = regionAt(network, point, { box })
        const beyond = region.walls().map(({ states }) => states)
        return curvature(network, codeOf(network, [region.states]), codeOf(network, beyond)).item()
      })
    })
    return tensor(Float64Array.from(found), { shape: [found.length], dtype })
  })
}

function codeOf(network: Network, states: readonly Int32Array[]): RegionCode {
  const units = network.groups.reduce((sum, group) => sum + group.units, 0)
  const all = new Int32Array(states.length * units)
  states.forEach((own, n) => void all.set(own, n * units))
  return network.codeFromStates(tensor(all, { shape: [states.length, units] }))
}
