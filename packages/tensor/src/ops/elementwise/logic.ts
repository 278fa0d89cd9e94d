import { dispatch } from '../../dispatch.ts'
import { defineOps, NONE, type None, type ShapeRule } from '../../op.ts'
import { expectKind, same } from '../../op-checks.ts'
import { broadcastShapes } from '../../shape.ts'
import { Tensor } from '../../tensor.ts'
import { constant, type Operand, operands } from '../operand.ts'
import { binary, unary } from './functions.ts'

const predicate: ShapeRule<None> = {
  outputs(op, [x]) {
    expectKind(op, 'float', x.dtype)
    return [{ shape: x.shape, dtype: 'bool' }]
  },
}

const comparison: ShapeRule<None> = {
  outputs(op, [a, b]) {
    same(op, a, b)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}

const logical: ShapeRule<None> = {
  outputs(op, [a, b]) {
    expectKind(op, 'bool', same(op, a, b))
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}

const ops = /*#__PURE__*/ defineOps<{
  isNaN: None
  isFinite: None
  equal: None
  notEqual: None
  less: None
  lessEqual: None
  greater: None
  greaterEqual: None
  logicalNot: None
  logicalAnd: None
  logicalOr: None
  where: None
}>({
  isNaN: predicate,
  isFinite: predicate,
  equal: comparison,
  notEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  logicalNot: {
    outputs(op, [x]) {
      expectKind(op, 'bool', x.dtype)
      return [{ shape: x.shape, dtype: 'bool' }]
    },
  },
  logicalAnd: logical,
  logicalOr: logical,
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

/** Whether x is NaN: bool. @throws TypeError for other dtypes than float32 and float64. */
export const isNaN = /*#__PURE__*/ unary(ops.isNaN)
/** Whether x is neither NaN nor infinite: bool. @throws TypeError for other dtypes than float32 and float64. */
export const isFinite = /*#__PURE__*/ unary(ops.isFinite)
/** `a = b`, broadcast: bool. NaN equals nothing, the zeros are equal. @throws TypeError for two dtypes. */
export const equal = /*#__PURE__*/ binary(ops.equal)
/** `a ≠ b`, broadcast: bool. Of NaN it is true. @throws TypeError for two dtypes. */
export const notEqual = /*#__PURE__*/ binary(ops.notEqual)
/** `a < b`, broadcast: bool. Of NaN it is false. @throws TypeError for two dtypes. */
export const less = /*#__PURE__*/ binary(ops.less)
/** `a ≤ b`, broadcast: bool. Of NaN it is false. @throws TypeError for two dtypes. */
export const lessEqual = /*#__PURE__*/ binary(ops.lessEqual)
/** `a > b`, broadcast: bool. Of NaN it is false. @throws TypeError for two dtypes. */
export const greater = /*#__PURE__*/ binary(ops.greater)
/** `a ≥ b`, broadcast: bool. Of NaN it is false. @throws TypeError for two dtypes. */
export const greaterEqual = /*#__PURE__*/ binary(ops.greaterEqual)
/** Not x. @throws TypeError for other dtypes than bool. */
export const logicalNot = /*#__PURE__*/ unary(ops.logicalNot)
/** Both a and b, broadcast. @throws TypeError for other dtypes than bool. */
export const logicalAnd = /*#__PURE__*/ binary(ops.logicalAnd)
/** a or b or both, broadcast. @throws TypeError for other dtypes than bool. */
export const logicalOr = /*#__PURE__*/ binary(ops.logicalOr)

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
