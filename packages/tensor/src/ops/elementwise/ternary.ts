import { describe } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import type { DType } from '../../dtype.ts'
import { defineOps, NONE, type None } from '../../op.ts'
import { expectKind, same } from '../../op-checks.ts'
import { broadcastShapes } from '../../shape.ts'
import { Tensor } from '../../tensor.ts'
import { constant, type Operand, operands } from '../operand.ts'

const ops = /*#__PURE__*/ defineOps<{
  where: None
  clip: None
}>({
  where: {
    outputs(op, [condition, a, b]) {
      if (condition.dtype !== 'bool')
        throw new TypeError(`${op}: expected a bool condition, got ${condition.dtype}`)
      const dtype = same(op, a, b)
      return [{ shape: broadcastShapes(op, condition.shape, broadcastShapes(op, a.shape, b.shape)), dtype }]
    },
  },
  clip: {
    outputs(op, [x, low, high]) {
      const dtype = same(op, x, low)
      same(op, x, high)
      expectKind(op, 'number', dtype)
      return [{ shape: broadcastShapes(op, x.shape, broadcastShapes(op, low.shape, high.shape)), dtype }]
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

/** The smallest and the largest number of a dtype: bounds that let everything pass. */
const ends: Readonly<Record<DType, readonly [low: number, high: number]>> = {
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  bool: [0, 1],
}

/**
 * `x`, but not below `low` and not above `high`; all three broadcast, and any but one may be numbers. A bound that is `null` or left out does
 * not bound. Where `low` is above `high` the result is `high`, as in NumPy. NaN in `x` or in a bound gives NaN. On a bound the result is `x`: −0
 * stays −0 beside a bound of 0. The slope goes to `x` inside and on a bound, to the bound outside.
 *
 * @throws TypeError without a bound, without a tensor, for two dtypes and for bool; RangeError for shapes that do not broadcast
 * @example
 * const x = tensor([-2, 0.5, 3])
 * clip(x, 0, 1).toArray()   // [0, 0.5, 1]
 * clip(x, null, tensor([1, 0, 4])).toArray()   // [-2, 0, 3]
 */
export function clip(x: Operand, low: Operand | null | undefined, high?: Operand | null): Tensor {
  if ((low ?? high ?? null) === null)
    throw new TypeError('clip: expected a lower or an upper bound, got neither')
  const given = [x, low, high].find((operand) => operand instanceof Tensor)
  if (given === undefined)
    throw new TypeError(`clip: expected at least one tensor, got ${[x, low, high].map(describe).join(', ')}`)
  const { dtype } = given
  const tensorOf = (operand: Operand): Tensor =>
    operand instanceof Tensor ? operand : constant('clip', operand, dtype)
  const [least, most] = ends[dtype]
  return dispatch(ops.clip, [tensorOf(x), tensorOf(low ?? least), tensorOf(high ?? most)], NONE)[0]
}
