import { cast, scope, type Tensor, tensor } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { lengthOf } from '../numbers/length-of.ts'
import { scaled } from '../numbers/scaled.ts'
import { actBySquaring, actByTaylor, LONGEST_STEP } from './exponential.ts'
import { mixOf } from './mix.ts'

/** Points that group elements moved. */
export interface GroupAction {
  /** `exp(Σ_k θ_k G_k) x`, float64 [N, d]. */
  readonly points: Tensor
  /** The Euclidean distance from the exact point is at most this, float64 [N]. */
  readonly errorBound: Tensor
}

/**
 * Moves points along a group: `exp(Σ_k θ_nk G_k) x_n` for every row (docs/mathematics.md 5.1), with a bound of the error. In float64, whatever
 * dtype is given; nothing here has a gradient.
 *
 * The exponential is not built: its Taylor series acts on the point, in steps of norm 2 at most, so that nothing cancels by more than e² (the
 * scheme of Al-Mohy & Higham 2011 with shorter steps). That is about 12 products with a vector for each unit of norm; a row that would need more
 * than d steps is done by scaling and squaring a matrix. The bound counts the terms left out and all roundings, those of
 * Σ θ_k G_k as well, and carries them on by `‖exp(tA)‖ ≤ e^{tμ}`, μ the largest Gershgorin bound of the symmetric part of A (Dahlquist's
 * logarithmic norm): 0 for rotations, whose errors do not grow.
 *
 * @param generators G_k, [h, d, d]
 * @param theta θ, [N, h]
 * @param x [N, d]
 * @returns NaN, points and bounds, of rows with a number that is not finite, or whose Σ θ_k G_k has no place in float64; a bound
 * that is larger than the point says that no digit of it is known.
 * @throws Error for shapes that do not fit each other.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { groupAction } from '@facet/geometry'
 * await init()
 * const quarterTurn = tensor([[[0, -1], [1, 0]]])
 * const { points } = groupAction(quarterTurn, tensor([[Math.PI / 2]]), tensor([[1, 0]]))
 * points.toArray() // [[-4.37…e-8, 0.99…]]: π/2 in float32
 */
export function groupAction(generators: Tensor, theta: Tensor, x: Tensor): GroupAction {
  expectShapes(generators, theta, x)
  const [count, d] = x.shape
  const h = theta.shape[1]
  return scope(() => {
    const [G, coordinates] = [generators, theta].map((given) => numbersOf(cast(given, 'float64')))
    const { value, scale } = scaled(cast(x, 'float64'), 1)
    const [starts, scales] = [numbersOf(value), numbersOf(scale)]
    const lengths = Float64Array.from({ length: h }, (_, k) =>
      lengthOf(G.subarray(k * d * d, (k + 1) * d * d)),
    )
    const points = new Float64Array(count * d)
    const bounds = new Float64Array(count)
    for (let n = 0; n < count; n++) {
      const start = starts.subarray(n * d, (n + 1) * d)
      const mix = mixOf(G, lengths, coordinates.subarray(n * h, (n + 1) * h), d)
      const isLong = mix.norm > d * LONGEST_STEP
      const { moved, error } = (isLong ? actBySquaring : actByTaylor)(mix, start)
      const isKnown = Number.isFinite(mix.norm + mix.inexact) && start.every(Number.isFinite)
      for (let i = 0; i < d; i++) points[n * d + i] = isKnown ? moved[i] * scales[n] : Number.NaN
      // Where numbers grew without end on the way, the difference of infinities is no bound.
      const known = Number.isNaN(error) ? Infinity : error * scales[n]
      bounds[n] = isKnown ? known : Number.NaN
    }
    return {
      points: tensor(points, { shape: [count, d] }),
      errorBound: tensor(bounds, { shape: [count] }),
    }
  })
}

const numbersOf = (x: Tensor): Float64Array => x.dataSync() as Float64Array

function expectShapes(generators: Tensor, theta: Tensor, x: Tensor): void {
  const [h, d] = [theta.shape[1], x.shape[1]]
  const fits = x.rank === 2 && theta.rank === 2 && generators.rank === 3 && theta.shape[0] === x.shape[0]
  if (fits && generators.shape.join() === [h, d, d].join()) return
  throw new Error(
    `groupAction: expected generators [h, d, d], theta [N, h] and x [N, d], ` +
      `got ${describe(generators)}, ${describe(theta)} and ${describe(x)}`,
  )
}
