import { Parameter } from '@facet/models'
import { mul, scope, sub, transpose } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import { denseGenerators, type GeneratorParametrisation } from './generator-model.ts'

/**
 * `G_k = (S_k − S_kᵀ) / 2`, the algebra of rotations: orbits keep their distance from the origin. S is learned, each
 * entry `N(0, initialScale²)` at first.
 *
 * A skew matrix of odd dimension is singular, which Theorem 1 excludes for k = 2.
 *
 * @param count number of generators; default the bottleneck.
 * @throws RangeError for a count that is not an integer ≥ 1.
 * @example
 * import { skewSymmetric, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: skewSymmetric() })
 */
export function skewSymmetric(count?: number): GeneratorParametrisation {
  if (count !== undefined) expectCount('skewSymmetric', 'count', count)
  return {
    name: 'skewSymmetric',
    create({ name, bottleneck, dimension, key, dtype, initialScale, learningRate }) {
      const number = count ?? bottleneck
      const first = scope(() => mul(key.normal([number, dimension, dimension], dtype), initialScale))
      const free = new Parameter(`${name}.generators`, first, { learningRate })
      return denseGenerators(number, [free], () =>
        mul(sub(free.value, transpose(free.value, [0, 2, 1])), 0.5),
      )
    },
  }
}
