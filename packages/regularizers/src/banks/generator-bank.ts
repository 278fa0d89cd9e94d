import type { Tensor } from '@facet/tensor'

/**
 * A family of one-parameter groups that acts on data, `x ↦ exp(Σ_b ε_b G_b) x`: what is known of how samples vary.
 *
 * `seriesBank`, `imageBank`, `fixedBank` and `permutedBank` make some; your own is an object with these members. `tangents` and
 * `act` belong together: `act(x, δ ε) − x` tends to `δ Σ_b ε_b G_b x` as δ → 0. Written in ops without a look at numbers, with
 * constants made once, they are replayed like the rest of a training step.
 *
 * @example
 * import { cos, init, mul, reshape, sin, slice, stack, sub, add, neg, tensor, type Tensor } from '@facet/tensor'
 * import type { GeneratorBank } from '@facet/regularizers'
 * await init()
 * // k key points of the plane, x = (x1, y1, x2, y2, …) [N, 2k], turned about the origin; ε in radians.
 * function rotatedKeypoints(count: number): GeneratorBank {
 *   const coordinate = (x: Tensor, axis: number) =>
 *     slice(reshape(x, [x.shape[0], count, 2]), [0, 0, axis], [x.shape[0], count, 1])
 *   const keypoints = (u: Tensor, v: Tensor) => reshape(stack([u, v], 2), [u.shape[0], 2 * count])
 *   return {
 *     name: 'rotated keypoints',
 *     size: 1,
 *     dimension: 2 * count,
 *     settings: { count },
 *     priorScale: [0.1],
 *     tangents: (x) => reshape(keypoints(neg(coordinate(x, 1)), coordinate(x, 0)), [x.shape[0], 1, 2 * count]),
 *     act(x, epsilon) {
 *       const [u, v] = [coordinate(x, 0), coordinate(x, 1)]
 *       const angle = reshape(epsilon, [x.shape[0], 1, 1])
 *       const [c, s] = [cos(angle), sin(angle)]
 *       return keypoints(sub(mul(c, u), mul(s, v)), add(mul(s, u), mul(c, v)))
 *     },
 *   }
 * }
 * const bank = rotatedKeypoints(2)
 * bank.act(tensor([[1, 0, 0, 2]]), tensor([[Math.PI / 2]])) // [[0, 1, -2, 0]], to rounding
 * bank.tangents(tensor([[1, 0, 0, 2]])) // [[[0, 1, -2, 0]]]
 */
export interface GeneratorBank {
  /** Names it in reports: `series WA`, `image al`. */
  readonly name: string
  /** Number of generators B. */
  readonly size: number
  /** Data dimension d. */
  readonly dimension: number
  /** What tells it from others of its name; compared when a run is resumed. */
  readonly settings: Readonly<Record<string, number | string | boolean>>
  /** [B], in the natural units of ε: how far each parameter may be expected to go. */
  readonly priorScale: readonly number[]
  /** `G_b x` in natural units: x [N, d] to [N, B, d]. */
  tangents(x: Tensor): Tensor
  /**
   * What {@link orbitScale} measures ε along, like `tangents`, where that is more than what the bank acts by: what else differs between
   * neighbours then takes its own share of a difference, and not the bank's. Default `tangents`.
   */
  measuredAlong?(x: Tensor): Tensor
  /** `exp(Σ_b ε_b G_b) x`: x [N, d] and ε [N, B] in natural units to [N, d]. */
  act(x: Tensor, epsilon: Tensor): Tensor
}
