import type { JacobianFactors } from '@facet/models'
import {
  add,
  div,
  expandDims,
  less,
  matmul,
  mean,
  mul,
  reshape,
  rows,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'
import { contractivePenalty, higherOrderPenalty } from './contractive-penalty.ts'
import { type NormKind, normOfSquareTable } from './norms.ts'
import { asMatrix, jacobiansOf, timesShared } from './shared-factors.ts'

/** What contractive regularizers ask of local maps: first those of N samples, then those of K copies of each, sample by sample. */
export interface JacobianNorms {
  /** `mean_n ‖A_n‖²_F` of the samples' maps, or without the square. */
  contractive(): Tensor
  /** `mean_n mean_j ‖A_n − A_nj‖²_F`, or without the square. */
  higherOrder(): Tensor
}

/**
 * The norms of local maps given as `A = M W + P`, W the weight of the first layer and P a skip: through `W Wᵀ` where that takes
 * fewer multiply-adds, otherwise from the maps multiplied out. The same numbers up to rounding.
 * @param samples N
 */
export function jacobianNorms(factors: JacobianFactors, samples: number, norm: NormKind): JacobianNorms {
  const { rows: M, readin, skip } = factors
  if (readin === null) return normsOfMaps(M, samples, norm)
  if (gramIsCheaper(M.shape, readin.shape, skip !== null)) return normsOfFactors(factors, samples, norm)
  return normsOfMaps(jacobiansOf(factors), samples, norm)
}

/** The norms of maps [N + N K, h, d]. */
function normsOfMaps(maps: Tensor, samples: number, norm: NormKind): JacobianNorms {
  const { own, copies } = splitMaps(maps, samples)
  return {
    contractive: () => contractivePenalty(own, norm),
    higherOrder: () => higherOrderPenalty(own, copies(), norm),
  }
}

/**
 * The norms of maps in factors, with `S = W Wᵀ` once for all of them: `‖M W‖²_F = tr(M S Mᵀ)`, and
 * `‖M W + P‖²_F = tr(M S Mᵀ) + tr(M (2 P Wᵀ)ᵀ) + ‖P‖²_F`. In differences P cancels, and they are those of M. What rounds below 0 counts
 * as 0.
 */
export function normsOfFactors(
  { rows: M, readin, skip }: JacobianFactors,
  samples: number,
  norm: NormKind,
): JacobianNorms {
  const W = readin as Tensor
  const gram = matmul(W, W, { transposeB: true })
  const { own, copies } = splitMaps(M, samples)
  const { quadratic, linear } = formTable[norm]
  const meanNorm = (squared: Tensor) => mean(normOfSquareTable[norm](where(less(squared, 0), 0, squared)))
  return {
    contractive() {
      const forms = quadratic(own, gram)
      if (skip === null) return meanNorm(forms)
      const cross = mul(matmul(skip, W, { transposeB: true }), 2)
      return meanNorm(add(add(forms, linear(own, cross)), sum(square(skip))))
    },
    higherOrder() {
      const differences = sub(expandDims(own, 1), copies())
      return meanNorm(quadratic(reshape(differences, [M.shape[0] - samples, ...M.shape.slice(1)]), gram))
    },
  }
}

/** `tr(M_n S M_nᵀ)` and `tr(M_n Bᵀ)` of rows M [N, h, w]: of each n where a root is taken of each, their means otherwise. */
const formTable: Readonly<
  Record<NormKind, { quadratic(M: Tensor, gram: Tensor): Tensor; linear(M: Tensor, matrix: Tensor): Tensor }>
> = {
  // Σ_n M_nᵀ M_n takes one product more in the backward pass, M S two.
  squared: {
    quadratic(M, gram) {
      const flat = asMatrix(M)
      return div(sum(mul(matmul(flat, flat, { transposeA: true }), gram)), M.shape[0])
    },
    linear: (M, matrix) => div(sum(mul(M, matrix)), M.shape[0]),
  },
  plain: {
    quadratic: (M, gram) => sum(mul(M, timesShared(M, gram)), [1, 2]),
    linear: (M, matrix) => sum(mul(M, matrix), [1, 2]),
  },
}

/**
 * Whether forms in `W Wᵀ` take fewer multiply-adds than maps multiplied out, gradients included. Of R rows M in all: `2 w² d` for W Wᵀ,
 * `3 R w²` for the forms (`2 R w²` where squares are not looked at one by one), `3 h w d` for a skip, against `3 R w d`.
 */
export function gramIsCheaper(
  [count, h, width]: readonly number[],
  [, dimension]: readonly number[],
  hasSkip: boolean,
): boolean {
  const R = count * h
  return 2 * width * dimension + 3 * R * width + (hasSkip ? 3 * h * dimension : 0) < 3 * R * dimension
}

/** The maps of N samples, and those of their copies [N, K, h, …]. */
function splitMaps(maps: Tensor, samples: number): { own: Tensor; copies: () => Tensor } {
  const total = maps.shape[0]
  return {
    own: samples === total ? maps : rows(maps, 0, samples),
    copies: () =>
      reshape(rows(maps, samples, total), [samples, (total - samples) / samples, ...maps.shape.slice(1)]),
  }
}
