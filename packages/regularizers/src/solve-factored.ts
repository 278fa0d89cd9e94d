import { matmul, reshape, sub, type Tensor, transpose } from '@facet/tensor'
import { explainedBy, solveSystem } from './epsilon-system.ts'
import type { GeneratorModel } from './generators/generator-model.ts'
import type { LieRelation } from './lie-relations.ts'
import { tangentsOf } from './shared-factors.ts'
import { type EpsilonSettings, type EpsilonSolution, solveEpsilonOfRows } from './solve-epsilon.ts'

/** Solves the pairs of a relation: with its readout apart where that takes fewer multiply-adds, multiplied out otherwise. */
export function solveRelation(
  { base, target, readout }: Pick<LieRelation, 'base' | 'target' | 'readout'>,
  generators: Pick<GeneratorModel, 'apply' | 'combine'>,
  options: EpsilonSettings,
): EpsilonSolution {
  if (readout === null) return solveEpsilonOfRows(base, target, generators, options)
  if (generators.combine !== undefined && factoredIsCheaper(base.shape, readout.shape)) {
    return solveEpsilonOfFactors(base, target, readout, generators, options)
  }
  return solveEpsilonOfRows(
    tangentsOf({ rows: base, readout }),
    tangentsOf({ rows: target, readout }),
    generators,
    options,
  )
}

/**
 * `solveEpsilonOfRows` for bases and targets that share their last factor: `b = Q Wᵀ` with rows Q [P, c, w] of their own and
 * one readout W [d, w], as the tangents of a decoder whose last layer is linear. Then `T_k = G_k b` is `Q (G_k W)ᵀ`: the generators
 * act on the w columns of the readout once instead of on the c columns of every pair. The same numbers up to rounding.
 *
 * The gradient of G comes as factors of rank w. With ε held the residual goes through `Σ_k ε_k G_k W` [P, d, w]: nothing of size
 * P d² is made, where `Σ_k ε_k G_k` itself takes as long (0.96 to 1.05 of the time at d = 512 to 1092) and 4 P d² bytes twice.
 */
export function solveEpsilonOfFactors(
  base: Tensor,
  target: Tensor,
  readout: Tensor,
  generators: Pick<GeneratorModel, 'apply'>,
  options: EpsilonSettings,
): EpsilonSolution {
  const [pairs, columns, width] = base.shape
  const dimension = readout.shape[0]
  const moved = generators.apply(transpose(readout))
  const count = moved.shape[1] / dimension
  const rows = reshape(base, [pairs * columns, width])
  const images = reshape(matmul(rows, moved), [pairs, columns, count, dimension])
  const difference = tangentsOf({ rows: sub(target, base), readout })
  const system = solveSystem(images, difference, options)
  const explained = options.differentiateEpsilon
    ? explainedBy(system.epsilon, images)
    : matmul(base, mixed(system.epsilon, moved, width))
  return { ...system, residual: sub(difference, explained), difference }
}

/** `(Σ_k ε_k G_k W)ᵀ` of every pair, [P, w, d]. */
function mixed(epsilon: Tensor, moved: Tensor, width: number): Tensor {
  const [pairs, count] = epsilon.shape
  const dimension = moved.shape[1] / count
  const byGenerator = transpose(reshape(moved, [width, count, dimension]), [1, 0, 2])
  const sums = matmul(epsilon, reshape(byGenerator, [count, width * dimension]))
  return reshape(sums, [pairs, width, dimension])
}

/**
 * Whether the h (w d² + P c w d) multiply-adds of all images are fewer than h P c d². Of the paper's shape (P = 16, c = h =
 * 10, w = 64) they are from d = 107 on; whole steps took the same time either way at d = 128, and 0.8 of it at d = 512.
 */
export function factoredIsCheaper(
  [pairs, columns, width]: readonly number[],
  [dimension]: readonly number[],
): boolean {
  const rows = pairs * columns
  return width * (dimension + rows) < rows * dimension
}
