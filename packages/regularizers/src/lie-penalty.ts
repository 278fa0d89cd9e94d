import { add, cast, div, maximum, mean, reshape, sum, type Tensor, where } from '@facet/tensor'
import { expectOneOf } from '@facet/tensor/checks'
import { normTable } from './norms.ts'

export const liePenaltyKinds = ['squared', 'plain', 'relative'] as const

/** How residuals become one number; see {@link liePenalty}. */
export type LiePenaltyKind = (typeof liePenaltyKinds)[number]

/** Keeps `relative` finite where base and target are equal in every pair (docs/mathematics.md 5.4). */
const relativeFloor = 1e-8

type Mean = (perPair: Tensor) => Tensor

/** Every penalty of docs/mathematics.md 5.4. */
const liePenaltyTable: Readonly<
  Record<LiePenaltyKind, (residual: Tensor, difference: Tensor, overPairs: Mean) => Tensor>
> = {
  squared: (residual, _difference, overPairs) => overPairs(perPair('squared', residual)),
  plain: (residual, _difference, overPairs) => overPairs(perPair('plain', residual)),
  relative: (residual, difference, overPairs) =>
    div(
      overPairs(perPair('squared', residual)),
      add(overPairs(perPair('squared', difference)), relativeFloor),
    ),
}

/**
 * The value of a Lie-group regularizer (Eqs. 12 and 13) from the residuals of {@link solveEpsilon}.
 *
 * - `squared` (default): the squared norm over everything but pairs, mean over pairs.
 * - `plain`: the norm itself, as the equations are printed. A residual of 0 has gradient 0.
 * - `relative`: `squared` divided by `mean ‖t − b‖² + 1e-8` and differentiated through that denominator too, so that
 *   shrinking or growing the decoder gains nothing.
 *
 * @param residual [P, …]
 * @param difference t − b, of the same shape; only `relative` looks at it.
 * @param mask bool [P]: the pairs to take the mean over, all where it is left out. No pair at all gives 0.
 * @returns a scalar
 * @throws RangeError for an unknown kind, or shapes that do not fit.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { liePenalty } from '@facet/regularizers'
 * await init()
 * const residual = tensor([[3, 4], [0, 0]])
 * liePenalty(residual, residual).item() // 12.5
 * liePenalty(residual, residual, 'plain').item() // 2.5
 */
export function liePenalty(
  residual: Tensor,
  difference: Tensor,
  kind: LiePenaltyKind = 'squared',
  mask?: Tensor,
): Tensor {
  expectOneOf('liePenalty', 'penalty', kind, liePenaltyKinds)
  if (residual.rank < 2 || residual.shape.join() !== difference.shape.join()) {
    throw new RangeError(
      `liePenalty: expected residual and difference [P, …] of one shape, ` +
        `got [${residual.shape.join(', ')}] and [${difference.shape.join(', ')}]`,
    )
  }
  if (mask !== undefined && (mask.rank !== 1 || mask.shape[0] !== residual.shape[0])) {
    throw new RangeError(
      `liePenalty: ${residual.shape[0]} pairs expect a mask [${residual.shape[0]}], got [${mask.shape.join(', ')}]`,
    )
  }
  return liePenaltyTable[kind](residual, difference, (values) => maskedMean(values, mask))
}

/** The mean of values [P, …] over the pairs in the mask bool [P], [...]; 0 where there is none. */
export function maskedMean(values: Tensor, mask?: Tensor): Tensor {
  if (mask === undefined) return mean(values, 0)
  const aligned = reshape(mask, [mask.shape[0], ...values.shape.slice(1).map(() => 1)])
  return div(sum(where(aligned, values, 0), 0), maximum(sum(cast(mask, values.dtype)), 1))
}

function perPair(norm: 'squared' | 'plain', x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(1)
  return normTable[norm](x, axes)
}
