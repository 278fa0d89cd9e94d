import { defineOps, type None, type ShapeRule } from '../../op.ts'
import { expectKind, same } from '../../op-checks.ts'
import { broadcastShapes } from '../../shape.ts'
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
