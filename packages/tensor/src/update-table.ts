import type { Operand } from './operand.ts'

/** A gradient left unevaluated: `reshape(leftᵀ · right, shape)`, left `[P, m]`, right `[P, n]`. */
export interface FactorOperands<B> {
  readonly left: Operand<B>
  readonly right: Operand<B>
}

/** What one gradient is the sum of. */
export type ContributionOperand<B> = Operand<B> | FactorOperands<B>

/** State tensors and numbers of the in-place updates: one row per optimizer. */
export interface UpdateTable {
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
}

export type UpdateName = keyof UpdateTable

/** One pass over parameter, moments and gradient; the gradient is never stored. */
export type UpdateKernels<B> = {
  readonly [N in UpdateName]: (
    state: { readonly [S in UpdateTable[N]['state']]: Operand<B> },
    gradient: readonly ContributionOperand<B>[],
    params: UpdateTable[N]['params'],
  ) => void
}
