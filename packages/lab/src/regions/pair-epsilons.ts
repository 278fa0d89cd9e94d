import type { Autoencoder, Objective } from '@facet/models'
import {
  epsilonTable,
  fixed,
  full,
  type LieGroupRun,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  type Matrices,
} from '@facet/regularizers'
import { key, scope, zeros } from '@facet/tensor'
import type { NamedEpsilons } from '../draw/epsilon-maps.ts'

/** Objectives that have generators: how pairs become bases and targets. */
const recipes: Readonly<Record<string, (matrices: Matrices | null) => Objective<LieGroupRun>>> = {
  lieGroupFirstOrder: (matrices) =>
    lieGroupFirstOrder({ generators: matrices === null ? full() : fixed(matrices) }),
  lieGroupSecondOrder: (matrices) =>
    lieGroupSecondOrder({ generators: matrices === null ? full() : fixed(matrices) }),
}

/** The names of those objectives. */
export const relationNames = Object.keys(recipes)

/** Drawn for each pair that is shown: some of the second order have no neighbouring region. */
const drawnForEach = 4

/**
 * |ε| of pairs drawn as in training (Fig. 5), solved with given generators. @param matrices [count, d, d]; `null` draws them as training
 * begins.
 */
export function pairEpsilons(
  name: string,
  model: Autoencoder,
  matrices: Matrices | null,
  { seed, pairs }: { readonly seed: number; readonly pairs: number },
): NamedEpsilons {
  return scope(() => {
    const data = zeros([1, model.input], model.dtype)
    const run = recipes[name](matrices).start(model, data, key(seed).child('generators'))
    const found = epsilonTable(run.epsilonOfPairs(data, key(seed).child('pairs'), drawnForEach * pairs))
    const first = (rows: readonly (readonly number[])[]) => rows.slice(0, pairs)
    return { name, magnitude: first(found.magnitude), timesNorm: first(found.timesNorm) }
  })
}
