import { liePenalty, type SolveEpsilonOptions, solveEpsilon } from '@facet/regularizers'
import { mul, type Tensor } from '@facet/tensor'
import { methodOf } from './epsilon-quantities.ts'
import type { GoldenSpec } from './golden.ts'
import { noisePenalties } from './noise-penalties.ts'
import { type Order, pairsOf } from './pairs.ts'
import type { Rebuilt } from './rebuild.ts'
import { reconstructionLoss } from './reconstruction-loss.ts'

/** A scalar of the network's parameters and generators: its value and gradient are compared. */
export type Penalty = (net: Rebuilt) => Tensor

/** How the pairs' residuals become a number: mean or sum of squares, or mean of norms. */
const reductions: Readonly<Record<string, (residual: Tensor) => Tensor>> = {
  mean_sq: (residual) => liePenalty(residual, residual, 'squared'),
  sum_sq: (residual) => mul(liePenalty(residual, residual, 'squared'), residual.shape[0]),
  mean_norm: (residual) => liePenalty(residual, residual, 'plain'),
}

/**
 * `R1_mean_sq`, `R2_mean_norm`, `R1_mean_sq_detached_eps`, `R1_mean_sq_pinv_detached_eps`,
 * `R2_mean_sq_ridge_1e-3_through`, …: order, reduction, method, and whether the gradient goes through ε.
 */
const lieName =
  /^R([12])_(mean_sq|sum_sq|mean_norm)(?:_(pinv)|_ridge_([\d.e+-]+))?(?:_(detached(?:_eps)?|through))?$/

function lieMethod(
  spec: GoldenSpec,
  pinv: string | undefined,
  ridge: string | undefined,
): SolveEpsilonOptions {
  if (pinv) return { method: 'minimumNorm' }
  return ridge === undefined ? methodOf(spec) : { ridge: { absolute: Number(ridge) } }
}

function lieResidual(net: Rebuilt, order: Order, options: SolveEpsilonOptions): Tensor {
  const { base, target } = pairsOf(net, order)
  return solveEpsilon(base, target, net.generators.value, options).residual
}

/** A penalty by its name in the golden files, `undefined` for a name that is none. */
export function penaltyNamed(name: string, spec: GoldenSpec): Penalty | undefined {
  if (name === 'mse') return reconstructionLoss
  const match = lieName.exec(name)
  if (!match) return Object.hasOwn(noisePenalties, name) ? noisePenalties[name] : undefined
  const [, order, reduction, pinv, ridge, epsilon] = match
  const differentiateEpsilon = !epsilon?.startsWith('detached')
  const options = { ...lieMethod(spec, pinv, ridge), differentiateEpsilon }
  return (net) => reductions[reduction](lieResidual(net, Number(order) as Order, options))
}
