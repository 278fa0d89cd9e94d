import { Parameter } from '@facet/models'
import { matmul, mul, reshape, transpose } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import type { GeneratorParametrisation } from './generator-model.ts'

/**
 * `G_k = U_k V_kᵀ` with U, V [count, d, rank]: 2·count·d·rank learned numbers, and d / (2 rank) times less work
 * than full matrices, which are never built in training.
 *
 * Both factors start at `N(0, initialScale / √rank)`, so that the entries of `G` have standard deviation
 * `initialScale`.
 *
 * @param rank of every generator, at most the data dimension.
 * @param count number of generators; default the bottleneck.
 * @throws RangeError for a rank or count that is not an integer ≥ 1, and, when training starts, for a rank above d.
 * @example
 * import { lowRank, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: lowRank(4) })
 */
export function lowRank(rank: number, count?: number): GeneratorParametrisation {
  expectCount('lowRank', 'rank', rank)
  if (count !== undefined) expectCount('lowRank', 'count', count)
  return {
    name: `lowRank(${rank})`,
    create({ name, bottleneck, dimension, key, dtype, initialScale, learningRate }) {
      if (rank > dimension) {
        throw new RangeError(
          `lowRank: expected a rank of at most the data dimension ${dimension}, got ${rank}`,
        )
      }
      const number = count ?? bottleneck
      const scale = Math.sqrt(initialScale / Math.sqrt(rank))
      const factor = (side: 'left' | 'right') => {
        const first = mul(key.child(side).normal([number, dimension, rank], dtype), scale)
        return new Parameter(`${name}.generators.${side}`, first, { learningRate })
      }
      const left = factor('left')
      const right = factor('right')
      return {
        count: number,
        parameters: [left, right],
        matrices: () => matmul(left.value, right.value, { transposeB: true }),
        apply(rows) {
          const inner = matmul(rows, right.value) // Vᵀ of every row: [count, n, rank]
          const images = matmul(inner, left.value, { transposeB: true }) // [count, n, d]
          return reshape(transpose(images, [1, 0, 2]), [rows.shape[0], number * dimension])
        },
      }
    },
  }
}
