import { defineOps, type None, type ShapeRule } from '../../op.ts'
import { expectKind, type Kind, same } from '../../op-checks.ts'
import { broadcastShapes } from '../../shape.ts'
import { binary } from './functions.ts'

const arithmetic = (kind: Kind): ShapeRule<None> => ({
  outputs(op, [a, b]) {
    const dtype = same(op, a, b)
    expectKind(op, kind, dtype)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype }]
  },
})

const ops = /*#__PURE__*/ defineOps<{
  add: None
  sub: None
  mul: None
  div: None
  pow: None
  maximum: None
  minimum: None
}>({
  add: arithmetic('number'),
  sub: arithmetic('number'),
  mul: arithmetic('number'),
  div: arithmetic('float'),
  pow: arithmetic('float'),
  maximum: arithmetic('number'),
  minimum: arithmetic('number'),
})
export default ops

/** `a + b`, broadcast; integers wrap around. @throws TypeError for two dtypes and for bool; RangeError for shapes that do not broadcast. */
export const add = /*#__PURE__*/ binary(ops.add)
/** `a − b`, broadcast; integers wrap around. @throws as {@link add} does. */
export const sub = /*#__PURE__*/ binary(ops.sub)
/** `a · b`, broadcast; integers wrap around. @throws as {@link add} does. */
export const mul = /*#__PURE__*/ binary(ops.mul)
/** `a / b` of floating numbers, broadcast. @throws TypeError for integers and bool, otherwise as {@link add} does. */
export const div = /*#__PURE__*/ binary(ops.div)
/**
 * `a` to the power of `b`, as IEEE 754 has it: `pow(1, b)`, `pow(a, 0)` and `pow(−1, ±∞)` are 1, of NaN too. In the exponent the slope at base
 * 0 is 0.
 *
 * @throws TypeError for integers and bool, otherwise as {@link add} does
 */
export const pow = /*#__PURE__*/ binary(ops.pow)
/**
 * The larger of two numbers, as IEEE 754-2019 has it: NaN if either is, and +0 is larger than −0. On a tie each side gets half of the slope.
 *
 * @throws as {@link add} does
 */
export const maximum = /*#__PURE__*/ binary(ops.maximum)
/**
 * The smaller of two numbers, as IEEE 754-2019 has it: NaN if either is, and −0 is smaller than +0. On a tie each side gets half of the slope.
 *
 * @throws as {@link add} does
 */
export const minimum = /*#__PURE__*/ binary(ops.minimum)
