import { type DType, smallestNormal } from './dtype.ts'
import type { KernelOperand } from './kernel-operand.ts'

/** A gradient left unevaluated: `reshape(leftᵀ · right, shape)`, left `[P, m]`, right `[P, n]`. */
export interface FactorOperands<B> {
  readonly left: KernelOperand<B>
  readonly right: KernelOperand<B>
}

/** What one gradient is the sum of. */
export type ContributionOperand<B> = KernelOperand<B> | FactorOperands<B>

/**
 * Moments (Adam's two, the velocity of SGD) of a smaller magnitude are set to 0 by the update: 2^−100, about 1e-30, in float32, 2^−996 in
 * float64. Without a gradient a first moment halves every 7 steps (β₁ = 0.9) and is subnormal from about step 800 on, for good; Intel
 * processors then take 2.4 times as long for a step. 26 binary digits above the smallest normal number, its products with learning rates
 * from 1.5e-8 on are normal as well.
 *
 * No weight misses it. In float32 a velocity that is set to 0 would have moved it by less than `rate · 1e-30`, a first moment at ε = 1e-8 by
 * less than `rate · 1e-22`; a second moment had a root below 1e-15, of which ε = 1e-8 takes 1e-7 parts. Weight decay ends there too, so that
 * weights do not decay into subnormal numbers: SGD stops at |x| = 1e-30 / decay. AdamW's takes no account of moments: weights below the
 * bound are set to 0 with it.
 */
export const leastMoment = (dtype: DType): number => 2 ** 26 * smallestNormal(dtype)

/**
 * The ε that Adam adds to the root of its second moment: at least the magnitude of the gradients whose squares {@link leastMoment} leaves out,
 * 3e-14 in float32 at β₂ = 0.999. So nothing is divided by 0 where ε is 0: a weight without gradients stays, and no step is longer
 * than it would be with all digits.
 */
export const epsilonOf = (epsilon: number, beta2: number, dtype: DType): number =>
  Math.max(epsilon, Math.sqrt(leastMoment(dtype) / (1 - beta2)))

/**
 * State tensors and numbers of the in-place updates: one row per optimizer. Every backend sets moments below {@link leastMoment} to 0, as
 * part of the update; NaN stays NaN.
 */
export interface UpdateTable {
  /**
   * `parameter ← (1 − decay) · parameter + weight · gradient`, computed as `parameter + (weight · gradient − decay · parameter)`: where the
   * two numbers are one, an average that has arrived stays to the last bit. Sums of gradients have a `decay` of 0, averages of weights both
   * numbers the same. With a `decay` of 1 the old numbers are not read, whatever they are.
   */
  accumulate: {
    state: 'parameter'
    params: { weight: number; decay: number }
  }
  sgd: {
    state: 'parameter' | 'velocity'
    params: { learningRate: number; momentum: number; weightDecay: number }
  }
  adam: {
    state: 'parameter' | 'firstMoment' | 'secondMoment'
    /** `step` counts from 1; `weightDecay` is added to the gradient (L2), as in PyTorch's Adam. */
    params: {
      learningRate: number
      beta1: number
      beta2: number
      epsilon: number
      step: number
      weightDecay: number
    }
  }
  /** Adam, but `learningRate · weightDecay` times the parameter is taken from it, and nothing added to the gradient, as in PyTorch's AdamW. */
  adamW: UpdateTable['adam']
}

/** The optimizers that have an in-place update: what `prepareUpdate` and `updateInPlace` are called with. */
export type UpdateName = keyof UpdateTable

/** One pass over parameter, moments and gradient; the gradient is never stored. */
export type UpdateKernels<B> = {
  readonly [N in UpdateName]: (
    state: { readonly [S in UpdateTable[N]['state']]: KernelOperand<B> },
    gradient: readonly ContributionOperand<B>[],
    params: UpdateTable[N]['params'],
  ) => void
}
