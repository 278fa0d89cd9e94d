import { abs, mul, norm } from '@facet/tensor'
import type { GeneratorModel } from './generators/generator-model.ts'
import { liePenalty, maskedMean } from './lie-penalty.ts'
import type { LieRelation } from './lie-relations.ts'
import type { EpsilonSettings } from './solve-epsilon.ts'
import { solveRelation } from './solve-factored.ts'

/** What generators explain of a set of pairs (docs/mathematics.md 5.8). */
export interface Explanation {
  /**
   * `mean ‖t − b − Σ_k ε_k G_k b‖² / (mean ‖t − b‖² + 1e-8)`: 0 where every base is carried to its target, and where
   * there is no difference to explain; 1 where nothing is explained.
   */
  readonly unexplainedFraction: number
  /** Mean |ε_k| over pairs, of each generator. It scales as 1 / ‖G_k‖. */
  readonly epsilon: number[]
  /** The same times ‖G_k‖_F: how far each generator moves, whatever its scale. */
  readonly epsilonTimesNorm: number[]
}

/** Solves the pairs as the objective does, and says how much of them the generators explain. */
export function explain(
  relation: LieRelation,
  generators: GeneratorModel,
  options: EpsilonSettings,
): Explanation {
  const { found } = relation
  const { epsilon, residual, difference } = solveRelation(relation, generators, options)
  const magnitudes = maskedMean(abs(epsilon), found)
  return {
    unexplainedFraction: liePenalty(residual, difference, 'relative', found).item(),
    epsilon: magnitudes.toArray() as number[],
    epsilonTimesNorm: mul(magnitudes, norm(generators.matrices(), [1, 2])).toArray() as number[],
  }
}
