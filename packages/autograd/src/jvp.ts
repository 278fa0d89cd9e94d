import { scope, zerosLike } from '@facet/tensor'
import { withLevel } from '@facet/tensor/dispatch'
import { distinctFrom } from './distinct-tensors.ts'
import { expectFunction } from './expect-function.ts'
import { JvpInterpreter } from './jvp-interpreter.ts'
import { floatLeaves, leavesLike, mapTensors, rebuild, type TreeOf } from './tree.ts'

/** The result of {@link jvp}: a function's value and its derivative in one direction, both of the shapes of the value. */
export interface ValueAndTangent<Q> {
  readonly value: Q
  readonly tangent: Q
}

/**
 * Forward mode: value and Jacobian–vector product in one pass. Parts of the result that do not depend on `p` get zeros.
 *
 * @param p a tensor, or a tree of tensors, of any shapes
 * @param tangent like `p`: the direction
 * @throws TypeError naming the place in `p`, `tangent` or `f(p)` that does not fit.
 * @example jvp((x: Tensor) => square(x), tensor([3]), tensor([1])).tangent   // [6]
 */
export function jvp<P extends TreeOf<P>, Q extends TreeOf<Q>>(
  f: (p: P) => Q,
  p: P,
  tangent: P,
): ValueAndTangent<Q> {
  expectFunction('jvp', f)
  const inputs = floatLeaves('jvp', 'p', p)
  const tangents = leavesLike('jvp', 'the tangent', p, tangent)
  return scope(() =>
    withLevel((level) => {
      const interpreter = new JvpInterpreter(level)
      try {
        const duals = inputs.map((input, i) => interpreter.dual(input, tangents[i]))
        const result = f(rebuild(p, duals))
        floatLeaves('jvp', 'f(p)', result)
        const distinct = distinctFrom([...inputs, ...tangents])
        return {
          value: mapTensors(result, (t) => distinct(interpreter.primal(t))),
          tangent: mapTensors(result, (t) => distinct(interpreter.tangent(t) ?? zerosLike(t))),
        }
      } finally {
        interpreter.close()
      }
    }),
  )
}
