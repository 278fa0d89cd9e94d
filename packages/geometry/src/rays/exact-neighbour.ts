import { type Network, RegionCode, withoutGradient } from '@facet/models'
import { add, div, full, mul, scope, squeeze, stopGradient, type Tensor, where, zeros } from '@facet/tensor'
import { aNumber, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import type { Neighbour } from '../neighbours/neighbour.ts'
import { expectPoints, expectSameShape } from '../numbers/checks.ts'
import { alongRay } from './ray.ts'
import { firstWall } from './wall.ts'
import { wallTolerance } from './wall-tolerance.ts'

/** A {@link Neighbour} and when the ray meets it. */
export interface ExactNeighbour extends Neighbour {
  /** The time of the wall, [N]: the ray is θ + t v. Infinity where it meets none. */
  readonly t: Tensor
}

const exactNeighbourOptions = optionTable('exactNeighbour', {
  /** Share of a unit's scale below which it is on a wall; default `wallTolerance` of the dtype. */
  tolerance: optional(aNumber()),
})

/** The setting of {@link exactNeighbour}. */
export type ExactNeighbourOptions = OptionsOf<typeof exactNeighbourOptions>

/**
 * The region behind the first wall on each ray θ + t v, t ≥ 0, without a search (docs/mathematics.md 3.2).
 *
 * On a region every pre-activation is affine, so the first wall is the smallest root; the code behind it is built
 * layer by layer from one-sided derivatives. Walls that coincide, starts on a wall (t = 0) and rays that never meet one
 * are ordinary cases. Nothing is read back, and nothing here has a gradient.
 *
 * @param theta [N, inputs]
 * @param direction v, [N, inputs], of any length; a row of zeros meets no wall.
 * @returns `code` is the region just behind the wall and `point` the point on it. Where `found` is false, `code` is
 * that of θ, `point` is θ and `t` Infinity; `t` is NaN, and `code` says nothing, where a number of θ, v or the network is not
 * finite or one that is met on the way has no place in the dtype even after scaling. θ, v, weights and biases may have any scale (`docs/decisions/0017`). A wall whose time alone has no place
 * in the dtype is found, with `t` Infinity or 0.
 * @throws Error for shapes or dtypes that do not fit, RangeError for a tolerance below 0, TypeError for an unknown option.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { exactNeighbour } from '@facet/geometry'
 * await init()
 * const layer = new Dense({ name: 'one', weight: tensor([[1], [-1]]), bias: tensor([-1, 3]), activation: reluActivation })
 * const { t, code } = exactNeighbour(new Network([layer]), tensor([[0]]), tensor([[2]]))
 * t.toArray() // [0.5]
 * code.states().toArray() // [[1, 1]]
 */
export function exactNeighbour(
  network: Network,
  theta: Tensor,
  direction: Tensor,
  options: ExactNeighbourOptions = {},
): ExactNeighbour {
  expectPoints('exactNeighbour', 'theta', network, theta)
  expectSameShape('exactNeighbour', 'theta and direction', theta, direction)
  const { tolerance = wallTolerance(theta.dtype) } = exactNeighbourOptions.resolve(options)
  return scope(() =>
    withoutGradient(network.parameters, () =>
      crossFirstWall(network, stopGradient(theta), stopGradient(direction), tolerance),
    ),
  )
}

function crossFirstWall(
  network: Network,
  theta: Tensor,
  direction: Tensor,
  tolerance: number,
): ExactNeighbour {
  const rays = alongRay(network, theta, direction, tolerance)
  const time = (t: Tensor, isKnown: Tensor) => squeeze(where(isKnown, t, Number.NaN), 1)
  if (rays.choices.length === 0) {
    // A network whose units have one state each is one region.
    const t = time(full([theta.shape[0], 1], Infinity, theta.dtype), rays.isFinite)
    return { code: network.regionCode(theta), found: zeros(t.shape, 'bool'), point: theta, t }
  }
  const walls = rays.choices.map((choice) => choice.walls)
  const wall = firstWall(walls, rays.isFinite, tolerance)
  const words = rays.choices.map((choice) => choice.wordsBehind(wall))
  return {
    code: new RegionCode(network, words, theta.shape[0]),
    found: squeeze(wall.found, 1),
    point: where(wall.found, add(theta, mul(rays.direction, wall.t)), theta),
    t: time(where(wall.found, div(wall.t, rays.speed), Infinity), wall.isFinite),
  }
}
