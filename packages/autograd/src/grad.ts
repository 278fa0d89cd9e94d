import { scope, type Tensor } from '@facet/tensor'
import { type WithAux, wantsAux } from './aux-option.ts'
import { gradients } from './contribution.ts'
import { differentiateLoss } from './differentiate-loss.ts'
import { expectFunction } from './expect-function.ts'
import { rebuild, type TreeOf } from './tree.ts'

/** The result of {@link valueAndGrad}: a scalar function's value `[]` and its gradient, of the shapes of the argument. */
export interface ValueAndGradient<P> {
  readonly value: Tensor
  readonly gradient: P
}

/** The result of {@link valueAndGrad} with `{ aux: true }`: value, gradient and whatever else the function returned. */
export interface ValueGradientAux<P, A> extends ValueAndGradient<P> {
  readonly aux: A
}

function valueGradientAux<P, A>(
  operation: string,
  p: P,
  f: (p: P) => readonly [Tensor, A],
): ValueGradientAux<P, A> {
  return scope(() => {
    const { value, aux, inputs, contributions } = differentiateLoss(operation, p, f)
    return { value, gradient: rebuild(p, gradients(inputs, contributions, inputs)), aux }
  })
}

/**
 * The gradient of a scalar function in its first argument, in that argument's shape. What the result does not depend
 * on gets zeros. Nests: `grad` of a function that calls `grad` is a second derivative. Everything made on the way is
 * released ({@link scope}).
 *
 * @param f from a tensor or a tree of tensors of any shapes, and any further arguments, to a floating scalar `[]`
 * @throws TypeError if `f` is no function or its result no scalar, or naming the place in `p` that holds no floating tensor.
 * @example
 * const slope = grad((x: Tensor) => sum(square(x)))
 * slope(tensor([1, 2]))   // [2, 4]
 */
export function grad<P extends TreeOf<P>, R extends readonly unknown[]>(
  f: (p: P, ...rest: R) => Tensor,
): (p: P, ...rest: R) => P {
  expectFunction('grad', f)
  return (p, ...rest) => valueGradientAux('grad', p, (q: P) => [f(q, ...rest), undefined] as const).gradient
}

/**
 * Like {@link grad}, with the value; with `{ aux: true }` the function returns `[loss, aux]` and `aux` (tensors in arrays
 * and plain objects, or anything else) is returned beside them.
 *
 * @param f from a tensor or a tree of tensors of any shapes to a floating scalar `[]`, or to a pair with one
 * @throws TypeError as {@link grad} does, and for an unknown option.
 * @example
 * const product = valueAndGrad(({ a, b }: { a: Tensor; b: Tensor }) => sum(mul(a, b)))
 * const { value, gradient } = product({ a: tensor([1, 2]), b: tensor([3, 4]) })   // gradient.a is [3, 4]
 */
export function valueAndGrad<P extends TreeOf<P>, R extends readonly unknown[]>(
  f: (p: P, ...rest: R) => Tensor,
): (p: P, ...rest: R) => ValueAndGradient<P>
export function valueAndGrad<P extends TreeOf<P>, R extends readonly unknown[], A>(
  f: (p: P, ...rest: R) => readonly [loss: Tensor, aux: A],
  options: WithAux,
): (p: P, ...rest: R) => ValueGradientAux<P, A>
export function valueAndGrad<P extends TreeOf<P>, R extends readonly unknown[]>(
  f: (p: P, ...rest: R) => Tensor | readonly [Tensor, unknown],
  options?: WithAux,
): (p: P, ...rest: R) => ValueAndGradient<P> {
  expectFunction('valueAndGrad', f)
  if (wantsAux('valueAndGrad', options)) {
    return (p, ...rest) =>
      valueGradientAux('valueAndGrad', p, (q) => f(q, ...rest) as readonly [Tensor, unknown])
  }
  return (p, ...rest) => {
    const { value, gradient } = valueGradientAux(
      'valueAndGrad',
      p,
      (q) => [f(q, ...rest) as Tensor, undefined] as const,
    )
    return { value, gradient }
  }
}
