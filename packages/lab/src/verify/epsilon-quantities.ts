import { type SolveEpsilonOptions, solveEpsilon } from '@facet/regularizers'
import { add, max, mul, norm, square, sum, type Tensor } from '@facet/tensor'
import type { GoldenSpec } from './golden.ts'
import { type Order, pairsOf } from './pairs.ts'
import type { Rebuilt } from './rebuild.ts'

/** The file's own way to solve for ε: an absolute ridge, or minimum norm where the systems are singular. */
export const methodOf = (spec: GoldenSpec): SolveEpsilonOptions =>
  spec.singular ? { method: 'minimumNorm' } : { ridge: { absolute: spec.ridge } }

/**
 * `R1` or `R2` of a golden network file, by name: gram, rhs, eps, residuals, ε with the roles of base and target
 * exchanged (`eps_swapped_roles`), and ε under a stated absolute ridge (`eps_ridge_1e-3`).
 */
export function epsilonQuantities(
  net: Rebuilt,
  spec: GoldenSpec,
  order: Order,
): (name: string) => Tensor | undefined {
  const { base, target } = pairsOf(net, order)
  const generators = net.generators.value
  const { gram, rhs, epsilon, residual } = solveEpsilon(base, target, generators, methodOf(spec))
  const known: ReadonlyMap<string, () => Tensor> = new Map([
    ['gram', () => gram],
    ['rhs', () => rhs],
    ['eps', () => epsilon],
    ['residual_sq_per_pair', () => sum(square(residual), [1, 2])],
    ['eps_swapped_roles', () => solveEpsilon(target, base, generators, methodOf(spec)).epsilon],
  ])
  return (name) => {
    const ridge = /^eps_ridge_(.+)$/.exec(name)
    if (ridge)
      return solveEpsilon(base, target, generators, { ridge: { absolute: Number(ridge[1]) } }).epsilon
    return known.get(name)?.()
  }
}

/** What the residuals of an order, and gradients of its penalties, are the remainder of. */
export interface PairSizes {
  /** Largest ‖t − b‖ of a pair. */
  readonly difference: number
  /** Largest ‖t − b‖ + ‖ε‖ ‖b‖ of a pair: how far a residual moves with the generators and the decoder. */
  readonly lever: number
}

export function pairSizes(net: Rebuilt, spec: GoldenSpec, order: Order): PairSizes {
  const { base, target } = pairsOf(net, order)
  const { difference, epsilon } = solveEpsilon(base, target, net.generators.value, methodOf(spec))
  const length = norm(difference, [1, 2])
  const lever = add(length, mul(norm(epsilon, 1), norm(base, [1, 2])))
  return { difference: max(length).item(), lever: max(lever).item() }
}
