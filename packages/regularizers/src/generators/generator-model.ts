import type { Parameter } from '@facet/models'
import { type Key, matmul, reshape, type Tensor } from '@facet/tensor'

/** Generators `G` [count, d, d] as training sees them. */
export interface GeneratorModel {
  /** Number of generators, the length of ε. */
  readonly count: number
  /** What is learned; none for known generators. */
  readonly parameters: readonly Parameter[]
  /** The matrices as they are now, [count, d, d]. */
  matrices(): Tensor
  /** Every `G_k` on every row: rows [n, d] to [n, count·d], generator after generator. */
  apply(rows: Tensor): Tensor
  /**
   * `Σ_k ε_k G_k` of each pair on the pair's rows: ε [P, count] and rows [P, c, d] to [P, c, d]. For families whose
   * matrices exist anyway; where many rows share an ε it is cheaper than adding up what `apply` gives.
   */
  combine?(epsilon: Tensor, rows: Tensor): Tensor
}

/** What a parametrisation is asked to make. */
export interface GeneratorRequest {
  /** Prefix of the parameters' names: `<name>.generators`. */
  readonly name: string
  /** Bottleneck h: the number of generators where the parametrisation does not say another. */
  readonly bottleneck: number
  /** Data dimension d. */
  readonly dimension: number
  readonly key: Key
  readonly dtype: 'float32' | 'float64'
  /** Standard deviation of the first entries. */
  readonly initialScale: number
  /** Own learning rate; that of the optimizer where left out. */
  readonly learningRate?: number
}

/**
 * A family of generators: `full()`, `lowRank(r)`, `skewSymmetric()`, `fixed(matrices)`, `basis(matrices)`, `fromBank(bank)`,
 * `bankMembers(bank)`, or your own.
 */
export interface GeneratorParametrisation {
  readonly name: string
  /** What tells it from others of its name; compared when a run is resumed. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>
  /** New generators; called once for every training. */
  create(request: GeneratorRequest): GeneratorModel
}

/** A model whose `apply` and `combine` are products with the matrices. */
export function denseGenerators(
  count: number,
  parameters: readonly Parameter[],
  matrices: () => Tensor,
): GeneratorModel {
  return {
    count,
    parameters,
    matrices,
    apply(rows) {
      const dimension = rows.shape[1]
      return matmul(rows, reshape(matrices(), [count * dimension, dimension]), { transposeB: true })
    },
    combine(epsilon, rows) {
      const [pairs, , dimension] = rows.shape
      const mixed = matmul(epsilon, reshape(matrices(), [count, dimension * dimension]))
      return matmul(rows, reshape(mixed, [pairs, dimension, dimension]), { transposeB: true })
    },
  }
}
