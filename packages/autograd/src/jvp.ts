import { scope, zerosLike } from '@facet/tensor'
import { withLevel } from '@facet/tensor/dispatch'
import { distinctFrom } from './distinct-tensors.ts'
import { JvpInterpreter } from './jvp-interpreter.ts'
import { expectFunction } from './reverse.ts'
import { floatLeaves, leavesLike, mapTensors, rebuild, type TreeOf } from './tree.ts'

/** A function's value and its derivative in one direction, both shaped like the value. */
export interface ValueAndTangent<Q> {
  readonly value: Q
  readonly tangent: Q
}

/**
 * JvpInterpreter mode: value and Jacobian–vector product in one pass. Parts of the result that do not depend on `p` get zeros.
 *
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
      const forward = new JvpInterpreter(level)
      try {
        const duals = inputs.map((input, i) => forward.dual(input, tangents[i]))
        const result = f(rebuild(p, duals))
        floatLeaves('jvp', 'f(p)', result)
        const own = distinctFrom([...inputs, ...tangents])
        return {
          value: mapTensors(result, (t) => own(forward.primal(t))),
          tangent: mapTensors(result, (t) => own(forward.tangent(t) ?? zerosLike(t))),
        }
      } finally {
        forward.close()
      }
    }),
  )
}
