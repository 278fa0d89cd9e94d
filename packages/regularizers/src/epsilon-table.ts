import { abs, expandDims, mul, scope } from '@facet/tensor'
import type { PairEpsilons } from './lie-group.ts'

/** |ε| of single pairs as plain numbers, to be drawn as heat maps: a row for each pair, a column for each generator. */
export interface EpsilonTable {
  /** |ε_k| */
  readonly magnitude: readonly (readonly number[])[]
  /** |ε_k| ‖G_k‖_F: how far a pair is moved along a generator, whatever that one's scale. */
  readonly timesNorm: readonly (readonly number[])[]
}

/**
 * The heat maps of Fig. 5, with what it leaves out: |ε_k| scales as 1/‖G_k‖ and says nothing without it (docs/mathematics.md 5.8). Pairs
 * without a neighbouring region are left out.
 *
 * @param pairs what a run's `epsilonOfPairs` returns
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { epsilonTable } from '@facet/regularizers'
 * await init()
 * const pairs = { epsilon: tensor([[-0.5, 2], [9, 9]]), norms: tensor([4, 0.5]), found: tensor([true, false]) }
 * const { magnitude, timesNorm } = epsilonTable(pairs)
 * magnitude // [[0.5, 2]]
 * timesNorm // [[2, 1]]
 */
export function epsilonTable({ epsilon, norms, found }: PairEpsilons): EpsilonTable {
  return scope(() => {
    const counts = found.dataSync()
    const magnitudes = abs(epsilon)
    const [magnitude, timesNorm] = [magnitudes, mul(magnitudes, expandDims(norms, 0))].map((values) =>
      (values.toArray() as number[][]).filter((_, pair) => counts[pair] === 1),
    )
    return { magnitude, timesNorm }
  })
}
