import { isFloat } from '../../dtype.ts'
import { aBoolean, aNumber, type OptionsOf, optionTable, withDefault } from '../../option-table.ts'
import type { Tensor } from '../../tensor.ts'
import { type Operand, operands } from '../operand.ts'
import { all } from '../reduction/any-all.ts'
import { add, mul, sub } from './binary.ts'
import { equal, isFinite, isNaN, lessEqual, logicalAnd, logicalOr } from './logic.ts'
import { abs, cast } from './unary.ts'

const closeOptions = optionTable('isClose', {
  /** Allowed distance as a part of |b|. Default 1e-5. */
  relative: withDefault(aNumber(), 1e-5),
  /** Allowed distance whatever b is. Default 1e-8. */
  absolute: withDefault(aNumber(), 1e-8),
  /** Whether NaN is close to NaN. Default false. */
  equalNaN: withDefault(aBoolean, false),
})

/** How near is near: see {@link isClose}. */
export type CloseOptions = OptionsOf<typeof closeOptions>

function closeTo(operation: string, a: Operand, b: Operand, options: CloseOptions): Tensor {
  const { relative, absolute, equalNaN } = closeOptions.resolve(options, operation)
  const given = operands(operation, a, b)
  // Integers are compared in float64, which holds each of them and their differences.
  const [x, y] = isFloat(given[0].dtype) ? given : given.map((t) => cast(t, 'float64'))
  const isNear = lessEqual(abs(sub(x, y)), add(mul(abs(y), relative), absolute))
  const isSame = logicalOr(equal(x, y), logicalAnd(isFinite(y), isNear))
  return equalNaN ? logicalOr(isSame, logicalAnd(isNaN(x), isNaN(y))) : isSame
}

/**
 * Whether `|a − b| ≤ absolute + relative · |b|`, broadcast: bool. Equal infinities are close, NaN only with `equalNaN`. As in NumPy the bound is taken
 * from `b`, the value that is expected.
 *
 * @throws TypeError for two dtypes and an unknown option; RangeError for shapes that do not broadcast, and bounds below 0
 * @example isClose(tensor([1, 1.1]), 1.000001).toArray()   // [1, 0]
 */
export const isClose = (a: Operand, b: Operand, options: CloseOptions = {}): Tensor =>
  closeTo('isClose', a, b, options)

/**
 * Whether all elements are close: a bool scalar, true of none. See {@link isClose}.
 *
 * @throws as {@link isClose} does
 * @example allClose(tensor([0.1 + 0.2]), 0.3).item()   // 1
 */
export const allClose = (a: Operand, b: Operand, options: CloseOptions = {}): Tensor =>
  all(closeTo('allClose', a, b, options))
