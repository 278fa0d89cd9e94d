import { Parameter } from '@facet/models'
import { clone, mul, scope } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import { denseGenerators, type GeneratorParametrisation } from './generator-model.ts'
import { type Matrices, matricesOf } from './matrices.ts'

/**
 * Free matrices: count·d² learned numbers, each `N(0, initialScale²)` at first (docs/mathematics.md 5.6), the
 * default.
 *
 * Free generators land in local minima (docs/mathematics.md 5.8); where the symmetry is known to be a rotation,
 * `skewSymmetric()` is safer.
 *
 * @param count number of generators; default the bottleneck.
 * @throws RangeError for a count that is not an integer ≥ 1.
 * @example
 * import { lieGroupFirstOrder, full } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: full() }).name // 'lieGroupFirstOrder'
 */
export function full(count?: number): GeneratorParametrisation {
  if (count !== undefined) expectCount('full', 'count', count)
  return {
    name: 'full',
    create({ name, bottleneck, dimension, key, dtype, initialScale, learningRate }) {
      const number = count ?? bottleneck
      const first = scope(() => mul(key.normal([number, dimension, dimension], dtype), initialScale))
      const generators = new Parameter(`${name}.generators`, first, { learningRate })
      return denseGenerators(number, [generators], () => generators.value)
    },
  }
}

/**
 * Free matrices that start at given ones, whatever the initial scale: to refine known generators, or to go on from
 * those of another run.
 *
 * @param matrices [count, d, d]
 * @throws RangeError, when training starts, for matrices that do not fit the data.
 * @example
 * import { fullFrom, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: fullFrom([[[0, -1], [1, 0]]]) })
 */
export function fullFrom(matrices: Matrices): GeneratorParametrisation {
  return {
    name: 'full',
    create({ name, dimension, dtype, learningRate }) {
      // A copy: training changes the parameter in place, and the caller's tensor stays as it is.
      const first = clone(matricesOf('fullFrom', matrices, dimension, dtype))
      const generators = new Parameter(`${name}.generators`, first, { learningRate })
      return denseGenerators(first.shape[0], [generators], () => generators.value)
    },
  }
}
