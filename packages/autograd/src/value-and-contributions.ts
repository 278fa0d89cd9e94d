import type { Contribution, Tensor } from '@facet/tensor'
import { type WithAux, wantsAux } from './aux-option.ts'
import { differentiateLoss } from './differentiate-loss.ts'

/**
 * The result of {@link valueAndContributions}: a loss `[]` and, for each argument, the terms whose sum is its gradient; none where the loss
 * does not depend on it.
 */
export interface ValueAndContributions<A> {
  readonly value: Tensor
  readonly aux: A
  readonly contributions: readonly (readonly Contribution[])[]
}

/**
 * Reverse mode for fused optimizers: gradients are left as lists of terms, and the weight of a `matmul` or `affine` gets
 * its term as unmultiplied factors (docs/architecture.md 3). Opens no scope: call it inside the one in which the
 * terms are used. With `{ aux: true }` the function returns `[loss, aux]`.
 *
 * @param f from tensors of any shapes to a floating scalar `[]`, or to a pair with one
 * @throws TypeError as {@link grad} does, and for an unknown option.
 * @example
 * const [x, weight, velocity] = [ones([8, 3]), ones([3, 2]), zeros([3, 2])]
 * scope(() => {
 *   const { contributions } = valueAndContributions(([w]) => sum(matmul(x, w)))([weight])
 *   updateInPlace('sgd', { parameter: weight, velocity }, contributions[0], { learningRate: 0.1, momentum: 0, weightDecay: 0 })
 * })
 */
export function valueAndContributions(
  f: (p: readonly Tensor[]) => Tensor,
): (p: readonly Tensor[]) => ValueAndContributions<undefined>
export function valueAndContributions<A>(
  f: (p: readonly Tensor[]) => readonly [loss: Tensor, aux: A],
  options: WithAux,
): (p: readonly Tensor[]) => ValueAndContributions<A>
export function valueAndContributions(
  f: (p: readonly Tensor[]) => Tensor | readonly [Tensor, unknown],
  options?: WithAux,
): (p: readonly Tensor[]) => ValueAndContributions<unknown> {
  const pair = wantsAux('valueAndContributions', options)
    ? (p: readonly Tensor[]) => f(p) as readonly [Tensor, unknown]
    : (p: readonly Tensor[]) => [f(p) as Tensor, undefined] as const
  return (p) => {
    const { value, aux, contributions } = differentiateLoss('valueAndContributions', p, pair)
    return { value, aux, contributions }
  }
}
