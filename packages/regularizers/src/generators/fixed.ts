import { keep } from '@facet/tensor'
import { denseGenerators, type GeneratorParametrisation } from './generator-model.ts'
import { checksumOf, type Matrices, matricesOf } from './matrices.ts'

/**
 * Known generators, not learned.
 *
 * @param matrices [count, d, d]
 * @throws RangeError, when training starts, for matrices that do not fit the data.
 * @example
 * import { fixed, lieGroupFirstOrder } from '@facet/regularizers'
 * const quarterTurn = [[[0, -1], [1, 0]]]
 * lieGroupFirstOrder({ generators: fixed(quarterTurn) })
 */
export function fixed(matrices: Matrices): GeneratorParametrisation {
  return {
    name: 'fixed',
    get settings() {
      return { checksum: checksumOf('fixed', matrices) }
    },
    create({ dimension, dtype }) {
      const known = keep(matricesOf('fixed', matrices, dimension, dtype))
      return denseGenerators(known.shape[0], [], () => known)
    },
  }
}
