import type { JacobianFactors } from '@facet/models'
import {
  add,
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

/** What contractive regularizers ask of local maps: first those of N samples, then those of K copies of each, sample by sample. */
export interface JacobianNorms {
  /** `mean_n ‖A_n‖²_F` of the first N maps, or without the square. */
  contractive(samples: number): Tensor
  /** `mean_n mean_j ‖A_n − A_nj‖²_F`, or without the square. */
  higherOrder(samples: number): Tensor
}

/**
 * The norms of local maps given as `A = M W + P`, W the weight of the first layer and P a skip: through `W Wᵀ` where that takes
 * fewer multiply-adds, otherwise from the maps multiplied out. The same numbers up to rounding.
 */
export function jacobianNorms({ rows, readin, skip }: JacobianFactors, norm: NormKind): JacobianNorms {
  if (readin === null) return normsOfMaps(rows, norm)
  if (gramIsCheaper(rows.shape, readin.shape)) return normsOfFactors(rows, readin, skip, norm)
  const maps = timesShared(rows, readin)
  return normsOfMaps(skip === null ? maps : add(maps, skip), norm)
}

export function normsOfMaps(maps: Tensor, norm: NormKind): JacobianNorms {
  return {
    contractive: (samples) => contractivePenalty(own(maps, samples), norm),
    higherOrder: (samples) => {
      const copies = (maps.shape[0] - samples) / samples
      const ofCopies = reshape(rows(maps, samples, maps.shape[0]), [samples, copies, ...maps.shape.slice(1)])
      return higherOrderPenalty(own(maps, samples), ofCopies, norm)
    },
  }
}

/**
 * `‖M W‖²_F = tr(M S Mᵀ)` with `S = W Wᵀ` once for all samples, and `‖M W + P‖²_F = tr(M (M S + 2 P Wᵀ)ᵀ) + ‖P‖²_F`. In differences P
 * cancels, and they are those of M. A form that rounds below 0 counts as 0.
 */
export function normsOfFactors(
  factors: Tensor,
  readin: Tensor,
  skip: Tensor | null,
  norm: NormKind,
): JacobianNorms {
  const gram = matmul(readin, readin, { transposeB: true })
  const meanNorm = (squared: Tensor) => mean(normOfSquareTable[norm](where(less(squared, 0), 0, squared)))
  const form = (M: Tensor, image: Tensor) => sum(mul(M, image), [1, 2])
  return {
    contractive: (samples) => {
      const M = own(factors, samples)
      const image = timesShared(M, gram)
      if (skip === null) return meanNorm(form(M, image))
      const cross = mul(matmul(skip, readin, { transposeB: true }), 2)
      return meanNorm(add(form(M, add(image, cross)), sum(square(skip))))
    },
    higherOrder: (samples) => {
      const [total, h, width] = factors.shape
      const copies = reshape(rows(factors, samples, total), [samples, total / samples - 1, h, width])
      const differences = sub(expandDims(own(factors, samples), 1), copies)
      const D = reshape(differences, [total - samples, h, width])
      return meanNorm(form(D, timesShared(D, gram)))
    },
  }
}

/**
 * Whether `w² (d + R)` multiply-adds are fewer than the `R w d` of maps multiplied out, R = maps · h rows in all.
 */
export function gramIsCheaper(
  [count, h, width]: readonly number[],
  [, dimension]: readonly number[],
): boolean {
  const R = count * h
  return width * (dimension + R) < R * dimension
}

const own = (maps: Tensor, samples: number): Tensor =>
  samples === maps.shape[0] ? maps : rows(maps, 0, samples)

/** Rows [N, h, w] times a matrix [w, m] that all samples share, [N, h, m]. */
function timesShared(x: Tensor, matrix: Tensor): Tensor {
  const [count, h, width] = x.shape
  return reshape(matmul(reshape(x, [count * h, width]), matrix), [count, h, matrix.shape[1]])
}
