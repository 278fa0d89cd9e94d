import { expectTensor } from '../../checks.ts'
import { dispatch, own } from '../../dispatch.ts'
import { checkDType, type DType } from '../../dtype.ts'
import { defineOps, type None, type ShapeRule } from '../../op.ts'
import { expectKind, type Kind } from '../../op-checks.ts'
import type { Tensor } from '../../tensor.ts'
import { unary } from './functions.ts'

const like = (kind: Kind): ShapeRule<None> => ({
  outputs(op, [x]) {
    expectKind(op, kind, x.dtype)
    return [{ shape: x.shape, dtype: x.dtype }]
  },
})

const ops = /*#__PURE__*/ defineOps<{
  neg: None
  abs: None
  sign: None
  square: None
  exp: None
  expm1: None
  log: None
  log1p: None
  sqrt: None
  reciprocal: None
  sin: None
  cos: None
  tanh: None
  sigmoid: None
  softplus: None
  floor: None
  ceil: None
  round: None
  cast: { readonly dtype: DType }
  stopGradient: None
}>({
  neg: like('signed'),
  abs: like('signed'),
  sign: like('signed'),
  square: like('number'),
  exp: like('float'),
  expm1: like('float'),
  log: like('float'),
  log1p: like('float'),
  sqrt: like('float'),
  reciprocal: like('float'),
  sin: like('float'),
  cos: like('float'),
  tanh: like('float'),
  sigmoid: like('float'),
  softplus: like('float'),
  floor: like('float'),
  ceil: like('float'),
  round: like('float'),
  cast: {
    outputs(op, [x], { dtype }) {
      checkDType(op, dtype)
      return [{ shape: x.shape, dtype }]
    },
  },
  stopGradient: { outputs: (_op, [x]) => [x], viewOffset: () => 0 },
})
export default ops

/** `−x`. Of 0 it is −0. @throws TypeError for uint32 and bool. */
export const neg = /*#__PURE__*/ unary(ops.neg)
/** `|x|`; its slope at 0 is 0. @throws TypeError for uint32 and bool. */
export const abs = /*#__PURE__*/ unary(ops.abs)
/** −1, 0 or 1; zeros keep their sign and NaN is NaN. @throws TypeError for uint32 and bool. */
export const sign = /*#__PURE__*/ unary(ops.sign)
/** `x²`. @throws TypeError for bool. */
export const square = /*#__PURE__*/ unary(ops.square)
/** `eˣ`. @throws TypeError for other dtypes than float32 and float64. */
export const exp = /*#__PURE__*/ unary(ops.exp)
/** `exp(x) − 1`, exact near 0. @throws TypeError for other dtypes than float32 and float64. */
export const expm1 = /*#__PURE__*/ unary(ops.expm1)
/**
 * The natural logarithm: −∞ at 0, NaN below. A tangent or cotangent of 0 stays 0 where the slope is infinite.
 *
 * @throws TypeError for other dtypes than float32 and float64
 */
export const log = /*#__PURE__*/ unary(ops.log)
/** `log(1 + x)`, exact near 0. @throws TypeError for other dtypes than float32 and float64. */
export const log1p = /*#__PURE__*/ unary(ops.log1p)
/**
 * The square root; NaN below 0. The slope at 0 is ∞ for what changes and 0 for what does not: a tangent or cotangent of 0 stays 0.
 *
 * @throws TypeError for other dtypes than float32 and float64
 */
export const sqrt = /*#__PURE__*/ unary(ops.sqrt)
/** `1 / x`: ∞ at 0, with the sign of the zero. @throws TypeError for other dtypes than float32 and float64. */
export const reciprocal = /*#__PURE__*/ unary(ops.reciprocal)
/** The sine of radians; NaN of infinities. @throws TypeError for other dtypes than float32 and float64. */
export const sin = /*#__PURE__*/ unary(ops.sin)
/** The cosine of radians; NaN of infinities. @throws TypeError for other dtypes than float32 and float64. */
export const cos = /*#__PURE__*/ unary(ops.cos)
/** The hyperbolic tangent. @throws TypeError for other dtypes than float32 and float64. */
export const tanh = /*#__PURE__*/ unary(ops.tanh)
/** `1 / (1 + exp(−x))`, down to the smallest numbers of the dtype. @throws TypeError for other dtypes than float32 and float64. */
export const sigmoid = /*#__PURE__*/ unary(ops.sigmoid)
/**
 * `log(1 + eˣ)`, with all digits in both tails: `eˣ` far below 0, x far above. Of −∞ it is 0, of ∞ it is ∞, of NaN NaN. The slope is
 * `sigmoid(x)`.
 *
 * @throws TypeError for other dtypes than float32 and float64
 * @example softplus(tensor([-Infinity, 0, 1e4])).toArray()   // [0, 0.6931471824645996, 10000]
 */
export const softplus = /*#__PURE__*/ unary(ops.softplus)
/** The largest whole number that is not above x; its slope is 0. @throws TypeError for other dtypes than float32 and float64. */
export const floor = /*#__PURE__*/ unary(ops.floor)
/** The smallest whole number that is not below x; its slope is 0. @throws TypeError for other dtypes than float32 and float64. */
export const ceil = /*#__PURE__*/ unary(ops.ceil)
/** To the nearest whole number, halves to the even one; its slope is 0. @throws TypeError for other dtypes than float32 and float64. */
export const round = /*#__PURE__*/ unary(ops.round)
/** The same values, constant for every transform. */
export const stopGradient = /*#__PURE__*/ unary(ops.stopGradient)

/**
 * Another dtype; towards integers truncates, towards bool is `x ≠ 0`. Same dtype: a view.
 *
 * @throws TypeError for what is no dtype
 * @example cast(tensor([1.7, -1.7]), 'int32').toArray()   // [1, -1]
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  expectTensor('cast', x)
  return x.dtype === dtype ? own('cast', x) : dispatch(ops.cast, [x], { dtype })[0]
}
