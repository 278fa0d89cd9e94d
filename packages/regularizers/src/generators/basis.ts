import { Parameter } from '@facet/models'
import { keep, matmul, mul, reshape } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import { denseGenerators, type GeneratorParametrisation } from './generator-model.ts'
import { checksumOf, type Matrices, matricesOf } from './matrices.ts'

/**
 * A fixed bank of B matrices and a learned mixing M [count, B]: `G_k = Σ_b M[k][b] bank_b`, M at first `N(0,
 * initialScale²)`.
 *
 * @param bank [B, d, d]
 * @param count number of generators; default the bottleneck.
 * @throws RangeError for a count that is not an integer ≥ 1, and, when training starts, for a bank that does not
 * fit the data.
 * @example
 * import { basis, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: basis([[[0, -1], [1, 0]], [[1, 0], [0, 1]]]) })
 */
export function basis(bank: Matrices, count?: number): GeneratorParametrisation {
  if (count !== undefined) expectCount('basis', 'count', count)
  return {
    name: 'basis',
    get settings() {
      return { checksum: checksumOf('basis', bank) }
    },
    create({ name, bottleneck, dimension, key, dtype, initialScale, learningRate }) {
      const number = count ?? bottleneck
      const square = matricesOf('basis', bank, dimension, dtype)
      const flat = keep(reshape(square, [square.shape[0], dimension * dimension]))
      const first = mul(key.normal([number, square.shape[0]], dtype), initialScale)
      const mixing = new Parameter(`${name}.generators.mixing`, first, { learningRate })
      return denseGenerators(number, [mixing], () =>
        reshape(matmul(mixing.value, flat), [number, dimension, dimension]),
      )
    },
  }
}
