import type { Orbit } from '@facet/data'
import { fixed, full, type GeneratorParametrisation, skewSymmetric } from '@facet/regularizers'
import { key } from '@facet/tensor'
import type { OrbitCase } from './cases.ts'

/** Skew generators that have nothing to do with the orbit's, drawn by seed. */
function wrongGenerators({ train, generators }: Orbit, seed: number): GeneratorParametrisation {
  const drawn = skewSymmetric().create({
    name: 'wrong',
    bottleneck: generators.shape[0],
    dimension: train.shape[1],
    initialScale: 1,
    dtype: 'float32',
    key: key(seed).child('wrong generator'),
  })
  return fixed(drawn.matrices())
}

/** What each choice of generators is for the regularizer. */
export const parametrisations: Readonly<
  Record<OrbitCase['generators'], (orbit: Orbit, seed: number) => GeneratorParametrisation>
> = {
  true: ({ generators }) => fixed(generators),
  wrong: wrongGenerators,
  skew: () => skewSymmetric(),
  full: () => full(),
}
