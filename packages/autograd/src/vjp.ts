import { scope } from '@facet/tensor'
import { distinctFrom } from './distinct-tensors.ts'
import { gradients, trace } from './reverse.ts'
import { floatLeaves, leavesLike, mapTensors, rebuild, type TreeOf } from './tree.ts'

/** A function's value and the transpose of its derivative there. */
export interface Pullback<P, Q> {
  readonly value: Q
  /** `cotangent`, like the value, to the vector–Jacobian product, like the argument. May be called many times. */
  pullback(cotangent: Q): P
}

/**
 * Reverse mode for functions of any shape: the value and its pullback. What the pullback needs lives in the scope around
 * this call; everything else made on the way is released.
 *
 * @throws TypeError naming the place in `p`, `f(p)` or the cotangent that does not fit.
 * @example
 * const [a, x] = [ones([3, 2]), ones([2, 1])]
 * const { value, pullback } = vjp((x: Tensor) => matmul(a, x), x)
 * pullback(onesLike(value))   // aᵀ · 1
 */
export function vjp<P extends TreeOf<P>, Q extends TreeOf<Q>>(f: (p: P) => Q, p: P): Pullback<P, Q> {
  const { value, pullback } = scope(() => {
    const { tape, inputs, result } = trace('vjp', p, f)
    const outputs = floatLeaves('vjp', 'f(p)', result)
    const own = distinctFrom(inputs)
    const value = mapTensors(result, (t) => own(tape.primal(t)))
    const pullback = (cotangent: Q): P => {
      const results = scope(() => {
        const cotangents = leavesLike('pullback', 'the cotangent', value, cotangent)
        return gradients(inputs, tape.pullBack(outputs, cotangents, inputs.length), [
          ...inputs,
          ...cotangents,
        ])
      })
      return rebuild(p, results)
    }
    // The scope cannot look into the closure: what it holds is named among the results.
    return { value, pullback, held: tape.residuals() }
  })
  return { value, pullback }
}
