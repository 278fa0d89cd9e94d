import { dispatch } from '../../dispatch.ts'
import { defineOps, NONE, type None } from '../../op.ts'
import { same } from '../../op-checks.ts'
import { broadcastShapes } from '../../shape.ts'
import { Tensor } from '../../tensor.ts'
import { constant, type Operand, operands } from '../operand.ts'

const ops = /*#__PURE__*/ defineOps<{
  where: None
}>({
  where: {
    outputs(op, [condition, a, b]) {
      if (condition.dtype !== 'bool')
        throw new TypeError(`${op}: expected a bool condition, got ${condition.dtype}`)
      const dtype = same(op, a, b)
      return [{ shape: broadcastShapes(op, condition.shape, broadcastShapes(op, a.shape, b.shape)), dtype }]
    },
  },
})
export default ops

/**
 * Elements of `a` where `condition` holds, else of `b`; all three broadcast. Two numbers are float32. The slope goes to the side that is taken.
 *
 * @throws TypeError for a condition that is not bool, and for two dtypes
 * @example
 * const x = tensor([-1, 2])
 * where(greater(x, 0), x, 0).toArray()   // [0, 2]
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const sides =
    a instanceof Tensor || b instanceof Tensor
      ? operands('where', a, b)
      : [constant('where', a, 'float32'), constant('where', b, 'float32')]
  return dispatch(ops.where, [condition, ...sides], NONE)[0]
}
