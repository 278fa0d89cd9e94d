import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { expectKind, same } from '../../op-checks.ts'
import { broadcastShapes, formatShape, normaliseAxis, sameShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { stretched } from '../layout/broadcast.ts'
import { type Operand, operands } from '../operand.ts'
import type { CumulativeParams } from './along-axis.ts'

const ops = /*#__PURE__*/ defineOps<{
  linearRecurrence: CumulativeParams
}>({
  linearRecurrence: {
    outputs(op, [a, b]) {
      expectKind(op, 'number', same(op, a, b))
      if (!sameShape(a.shape, b.shape))
        throw new RangeError(`${op}: expected a ${formatShape(b.shape)}, got ${formatShape(a.shape)}`)
      return [b]
    },
  },
})
export default ops

/**
 * `h[t] = a[t] · h[t − 1] + b[t]` along `axis`, from `h[0] = b[0]`, or with `reverse` from the end: an exponential moving average, a linear
 * state space model, a discounted return. The first factor has nothing to multiply and is not looked at, be it NaN; a start other than 0 is
 * added to the first b. `a` and `b` are broadcast, a number is a factor for all. Differentiable in both to every order, without a
 * division: zeros among the factors are as good as others.
 *
 * Runs in float64 on `wasm` and `reference` and is rounded to the dtype element by element; integers wrap around. On `gpu` each element begins at the start of
 * the axis: n² steps of which those of one element follow each other.
 *
 * @returns in the shape that a and b broadcast to; an empty axis stays empty
 * @throws TypeError for bools, two dtypes and two numbers; RangeError for shapes that do not broadcast, and an axis that the result has not
 * @example
 * linearRecurrence(0.5, tensor([8, 0, 0, 4]), 0).toArray()         // [8, 4, 2, 5]
 * linearRecurrence(0.5, tensor([8, 0, 0, 4]), 0, true).toArray()   // [8.5, 1, 2, 4]
 */
export function linearRecurrence(a: Operand, b: Operand, axis: number, reverse = false): Tensor {
  const given = operands('linearRecurrence', a, b)
  const shape = broadcastShapes('linearRecurrence', given[0].shape, given[1].shape)
  const params = { axis: normaliseAxis('linearRecurrence', axis, shape.length), reverse }
  const inputs = given.map((x) => stretched(x, shape))
  return dispatch(ops.linearRecurrence, inputs, params)[0]
}
