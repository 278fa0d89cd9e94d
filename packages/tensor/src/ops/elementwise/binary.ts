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
  remainder: None
  floorDiv: None
  atan2: None
  pow: None
  maximum: None
  minimum: None
}>({
  add: arithmetic('number'),
  sub: arithmetic('number'),
  mul: arithmetic('number'),
  div: arithmetic('float'),
  remainder: arithmetic('number'),
  floorDiv: arithmetic('number'),
  atan2: arithmetic('float'),
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
 * What {@link floorDiv} leaves of `a`, broadcast: between 0 and `b`, with the sign of `b`, a 0 too, as NumPy, Python and PyTorch have it.
 * Floats: exact however large the quotient, but that a small `a` of the other sign is added to `b`, with rounding; by ±∞ it is `a` where the signs
 * agree and `b` where they do not; by 0, and of ±∞, NaN. Whole numbers: 0 by 0, as in NumPy. The slope is 1 in `a` and
 * `−floorDiv(a, b)` in `b`, at the jumps too.
 *
 * @throws TypeError for two dtypes and for bool; RangeError for shapes that do not broadcast
 * @example remainder(tensor([7, -7, 5.5]), 3).toArray()   // [1, 2, 2.5]
 */
export const remainder = /*#__PURE__*/ binary(ops.remainder)
/**
 * NumPy's other name of {@link remainder}.
 *
 * @throws as {@link remainder} does
 * @example mod(tensor([-1, 5]), 4).toArray()   // [3, 1]
 */
export const mod: typeof remainder = remainder
/**
 * The largest whole number that is not above `a / b`, broadcast: `floorDiv(a, b) · b + remainder(a, b)` is `a` up to rounding. It goes by the
 * remainder, not by the rounded quotient: of 1 by 0.1 it is 9, for the float 0.1 is a little more than a tenth. Floats: by 0 it is ±∞, or NaN
 * of 0; by ±∞ it is 0, or −1 where the signs differ; of ±∞ NaN; a 0 has the sign of `a / b`. Whole numbers: 0 by 0, as in NumPy; the
 * quotient 2³¹ of an int32 wraps to −2³¹. Its slope is 0.
 *
 * @throws as {@link remainder} does
 * @example floorDiv(tensor([7, -7, 5.5]), 3).toArray()   // [2, -3, 1]
 */
export const floorDiv = /*#__PURE__*/ binary(ops.floorDiv)
/**
 * The angle of the point `(x, y)` in radians, from −π to π, broadcast, as IEEE 754 has it: with the sign of `y`; of (±0, +0) it is ±0 and of
 * (±0, −0) it is ±π; infinities are directions, so that `atan2(∞, −∞)` is 3π/4; of NaN it is NaN. The slopes are `x / (x² + y²)` in `y` and
 * `−y / (x² + y²)` in `x`, without overflow or underflow on the way, and 0 at infinities. At the origin, which has none, what does not
 * change stays 0 and all else is NaN.
 *
 * @throws TypeError for integers and bool, otherwise as {@link add} does
 * @example atan2(tensor([0, 1, -1]), tensor([-1, 0, 1])).toArray()   // π, π/2, −π/4
 */
export const atan2 = /*#__PURE__*/ binary(ops.atan2)
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
