import { scope } from '@facet/tensor'
import { gradients } from './contribution.ts'
import { distinctFrom } from './distinct-tensors.ts'
import { runOnTape } from './run-on-tape.ts'
import { floatLeaves, leavesLike, mapTensors, rebuild, type TreeOf } from './tree.ts'

/** The result of {@link vjp}: a function's value and the transpose of its derivative there. */
export interface Pullback<P, Q> {
  readonly value: Q
  /**
   * The vector–Jacobian product, of the shapes of the argument. May be called many times.
   *
   * @param cotangent like the value
   * @throws TypeError naming the place where it has another structure, shape or dtype.
   */
  pullback(cotangent: Q): P
}

/**
 * Reverse mode for functions of any shape: the value and its pullback. What the pullback needs lives in the scope around
 * this call; everything else made on the way is released.
 *
 * @param p a tensor, or a tree of tensors, of any shapes
 * @throws TypeError naming the place in `p`, `f(p)` or the cotangent that does not fit.
 * @example
 * const [a, x] = [ones([3, 2]), ones([2, 1])]
 * const { value, pullback } = vjp((x: Tensor) => matmul(a, x), x)
 * pullback(onesLike(value))   // aᵀ · 1
 */
export function vjp<P extends TreeOf<P>, Q extends TreeOf<Q>>(f: (p: P) => Q, p: P): Pullback<P, Q> {
  const { value, pullback } = scope(() => {
    const { tape, inputs, result } = runOnTape('vjp', p, f)
    const outputs = floatLeaves('vjp', 'f(p)', result)
    const distinct = distinctFrom(inputs)
    const value = mapTensors(result, (t) => distinct(tape.primal(t)))
    const pullback = (cotangent: Q): P => {
      const results = scope(() => {
        const cotangents = leavesLike('pullback', 'the cotangent', value, cotangent)
        const contributions = tape.pullBack(outputs, cotangents, inputs.length)
        return gradients(inputs, contributions, [...inputs, ...cotangents])
      })
      return rebuild(p, results)
    }
    // A scope keeps what it finds in its result, and it cannot look into a closure.
    return { value, pullback, kept: tape.residuals() }
  })
  return { value, pullback }
}
