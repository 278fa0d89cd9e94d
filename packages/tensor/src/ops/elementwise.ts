import { expectTensor } from '../checks.ts'
import { dispatch, own } from '../dispatch.ts'
import type { DType } from '../dtype.ts'
import type { None, OpName, OpParams } from '../op-params.ts'
import { Tensor } from '../tensor.ts'
import { constant, type Operand, operands } from './operand.ts'

/** Ops without parameters. */
type Plain = { [N in OpName]: OpParams[N] extends None ? N : never }[OpName]

export const NONE: None = {}

const unary =
  (name: Plain) =>
  (x: Tensor): Tensor =>
    dispatch(name, [x], NONE)[0]

const binary =
  (name: Plain) =>
  (a: Operand, b: Operand): Tensor =>
    dispatch(name, operands(name, a, b), NONE)[0]

export const neg = unary('neg')
export const abs = unary('abs')
/** −1, 0 or 1. */
export const sign = unary('sign')
export const square = unary('square')
export const exp = unary('exp')
/** `exp(x) − 1`, exact near 0. */
export const expm1 = unary('expm1')
export const log = unary('log')
/** `log(1 + x)`, exact near 0. */
export const log1p = unary('log1p')
/** The slope at 0 is ∞ for what changes and 0 for what does not: a tangent or cotangent of 0 stays 0. */
export const sqrt = unary('sqrt')
export const reciprocal = unary('reciprocal')
export const sin = unary('sin')
export const cos = unary('cos')
export const tanh = unary('tanh')
/** `1 / (1 + exp(−x))`, down to the smallest numbers of the dtype. */
export const sigmoid = unary('sigmoid')
export const floor = unary('floor')
export const ceil = unary('ceil')
/** To the nearest whole number, halves to the even one. */
export const round = unary('round')
export const logicalNot = unary('logicalNot')
export const isNaN = unary('isNaN')
export const isFinite = unary('isFinite')

/** The same values, constant for every transform. */
export const stopGradient = unary('stopGradient')

export const add = binary('add')
export const sub = binary('sub')
export const mul = binary('mul')
/** Division of floating numbers. */
export const div = binary('div')
/** `a` to the power of `b`, as IEEE 754 has it: `pow(1, b)`, `pow(a, 0)` and `pow(−1, ±∞)` are 1, of NaN too. */
export const pow = binary('pow')
/** The larger of two numbers, as IEEE 754-2019 has it: NaN if either is, and +0 is larger than −0. */
export const maximum = binary('maximum')
/** The smaller of two numbers, as IEEE 754-2019 has it: NaN if either is, and −0 is smaller than +0. */
export const minimum = binary('minimum')
export const equal = binary('equal')
export const notEqual = binary('notEqual')
export const less = binary('less')
export const lessEqual = binary('lessEqual')
export const greater = binary('greater')
export const greaterEqual = binary('greaterEqual')
export const logicalAnd = binary('logicalAnd')
export const logicalOr = binary('logicalOr')

/** Another dtype; towards integers truncates, towards bool is `x ≠ 0`. Same dtype: a view. */
export function cast(x: Tensor, dtype: DType): Tensor {
  expectTensor('cast', x)
  return x.dtype === dtype ? own('cast', x) : dispatch('cast', [x], { dtype })[0]
}

/** Elements of `a` where `condition` holds, else of `b`; all three broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  if (!(a instanceof Tensor) && !(b instanceof Tensor)) {
    return dispatch(
      'where',
      [condition, constant('where', a, 'float32'), constant('where', b, 'float32')],
      NONE,
    )[0]
  }
  return dispatch('where', [condition, ...operands('where', a, b)], NONE)[0]
}
