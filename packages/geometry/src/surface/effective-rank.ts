import { cast, mean, mul, rows, scope, sub, type Tensor, tensor } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { singularValues } from './singular-values.ts'

/** How many directions count, by two measures; both are the number of singular values that are not 0 where these are all equal. */
export interface EffectiveRank {
  /**
   * The participation ratio of the variances, `(Σ σ²)² / Σ σ⁴`, [...]: a few large values decide (Gao et al. 2017, as the dimension of
   * neural activity).
   */
  readonly participation: Tensor
  /** `exp(−Σ p ln p)` with `p = σ / Σ σ`, [...]: the effective rank of Roy & Vetterli 2007, in which small values count for more. */
  readonly entropy: Tensor
}

/**
 * The effective rank that singular values σ give, between 1 and their number: of Jacobians those of `pullbackMetric` or
 * `jacobianSingularValues`, of latent codes see {@link effectiveRankOfCodes}. Does not depend on the scale of σ.
 *
 * @param sigma singular values ≥ 0 in any order, [..., k]
 * @returns float64; 0 where all σ are 0, NaN where one is not finite.
 * @throws Error for a scalar.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { effectiveRank } from '@facet/geometry'
 * await init()
 * const { participation, entropy } = effectiveRank(tensor([[1, 1, 0], [2, 1, 0]]))
 * participation.toArray() // [2, 1.47…]
 * entropy.toArray() // [2, 1.89…]
 */
export function effectiveRank(sigma: Tensor): EffectiveRank {
  if (sigma.rank === 0)
    throw new Error(`effectiveRank: expected singular values [..., k], got ${describe(sigma)}`)
  const shape = sigma.shape.slice(0, -1)
  const width = sigma.shape[sigma.rank - 1]
  return scope(() => {
    const numbers = cast(sigma, 'float64').dataSync() as Float64Array
    const count = shape.reduce((product, size) => product * size, 1)
    const of = (measure: (shares: Float64Array) => number) =>
      tensor(
        Float64Array.from({ length: count }, (_, n) =>
          measured(numbers.subarray(n * width, (n + 1) * width), measure),
        ),
        { shape },
      )
    return { participation: of(participationOf), entropy: of(perplexityOf) }
  })
}

function measured(sigma: Float64Array, measure: (shares: Float64Array) => number): number {
  if (!sigma.every(Number.isFinite)) return Number.NaN
  const largest = sigma.reduce((a, b) => Math.max(a, b), 0)
  return largest === 0 ? 0 : measure(sigma.map((value) => value / largest))
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

const participationOf = (sigma: Float64Array): number =>
  sum(sigma.map((value) => value ** 2)) ** 2 / sum(sigma.map((value) => value ** 4))

function perplexityOf(sigma: Float64Array): number {
  const total = sum(sigma)
  return Math.exp(-sum(sigma.map((value) => (value === 0 ? 0 : (value / total) * Math.log(value / total)))))
}

/**
 * The effective rank of latent codes: of their singular values about their mean, whose squares are the eigenvalues of the covariance. In how many
 * directions the codes of a data set really spread.
 *
 * @param codes [N, h]
 * @returns two scalars, float64; 0 where all codes are one point, NaN where a number is not finite.
 * @throws Error if codes is not [N, h] with N ≥ 1.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { effectiveRankOfCodes } from '@facet/geometry'
 * await init()
 * effectiveRankOfCodes(tensor([[0, 0, 7], [2, 0, 7], [0, 2, 7], [2, 2, 7]])).participation.item() // 2
 */
export function effectiveRankOfCodes(codes: Tensor): EffectiveRank {
  if (codes.rank !== 2 || codes.shape[0] === 0)
    throw new Error(`effectiveRankOfCodes: expected codes [N, h] with N ≥ 1, got ${describe(codes)}`)
  return scope(() => {
    // Halves, of which differences have a place; and from the first, so that equal codes spread by exactly 0.
    const halves = mul(cast(codes, 'float64'), 0.5)
    const from = sub(halves, rows(halves, 0, 1))
    return effectiveRank(singularValues(sub(from, mean(from, 0, true))))
  })
}
