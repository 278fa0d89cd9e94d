import {
  abs,
  add,
  cast,
  cos,
  div,
  equal,
  floorDiv,
  greater,
  greaterEqual,
  isNaN,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalOr,
  maximum,
  mul,
  neg,
  pow,
  sigmoid,
  sign,
  sin,
  square,
  stopGradient,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'
import type { JvpRules, VjpRules } from './rule.ts'

/** `maximum` and `minimum`: all of `t` where this input is the result, half of it on a tie. */
const shareOnTie = (t: Tensor, isResult: Tensor, [a, b]: readonly Tensor[]): Tensor =>
  where(isResult, t, where(equal(a, b), mul(t, 0.5), 0))

/**
 * `divisor`, or ∞ where both it and `t` are 0, so that `t / divisor` is 0 where 0 / 0 would be NaN. An infinite divisor keeps derivatives
 * of derivatives 0 there too; a mask applied after the division would not.
 */
const safeDivisor = (t: Tensor, divisor: Tensor): Tensor =>
  where(logicalAnd(equal(t, 0), equal(divisor, 0)), Infinity, divisor)

/** `t · slope`, 0 where `t` is 0 and the slope infinite. */
const timesSlope = (t: Tensor, slope: Tensor): Tensor =>
  mul(t, where(logicalAnd(equal(t, 0), equal(abs(slope), Infinity)), 0, slope))

/**
 * `t · coordinate / (x² + y²)`, for `atan2`. Coordinates are divided by the larger of them first, which the quotient does not depend on: to
 * whoever differentiates again it is a constant. 0 at infinities, and at the origin where `t` is 0: there `where` stands in front of the
 * divisions, for behind them derivatives of derivatives would be NaN.
 */
const byDistance = (t: Tensor, coordinate: Tensor, y: Tensor, x: Tensor): Tensor => {
  const size = stopGradient(maximum(abs(x), abs(y)))
  const isFlat = logicalOr(equal(size, Infinity), logicalAnd(equal(size, 0), equal(t, 0)))
  const unit = where(isFlat, 1, size)
  const inUnits = (p: Tensor, flat: number): Tensor => div(where(isFlat, flat, p), unit)
  const squares = add(square(inUnits(x, 1)), square(inUnits(y, 1)))
  return div(mul(t, div(inUnits(coordinate, 0), squares)), unit)
}

/**
 * Ops that act element by element: the Jacobian is diagonal, so tangents and cotangents share one rule. Conventions at
 * kinks: `abs` has slope 0 at 0, `maximum` and `minimum` give each side half on a tie; `pow` has slope 0 in the exponent at base 0. Where a
 * slope is infinite (`sqrt` and `log` at 0, `log1p` at −1, `pow` at 0 below exponent 1) a tangent or cotangent of 0 passes as 0, in both modes.
 */
export const elementwiseRules = {
  neg: (t) => neg(t),
  abs: (t, { x }) => mul(t, sign(x[0])),
  square: (t, { x }) => mul(t, mul(x[0], 2)),
  exp: (t, { y }) => mul(t, y[0]),
  expm1: (t, { y }) => mul(t, add(y[0], 1)),
  log: (t, { x }) => div(t, safeDivisor(t, x[0])),
  log1p: (t, { x }) => {
    const above = add(x[0], 1)
    return div(t, safeDivisor(t, above))
  },
  sqrt: (t, { y }) => div(mul(t, 0.5), safeDivisor(t, y[0])),
  reciprocal: (t, { y }) => neg(mul(t, square(y[0]))),
  sin: (t, { x }) => mul(t, cos(x[0])),
  cos: (t, { x }) => neg(mul(t, sin(x[0]))),
  tanh: (t, { y }) => mul(t, sub(1, square(y[0]))),
  sigmoid: (t, { y }) => mul(t, mul(y[0], sub(1, y[0]))),
  softplus: (t, { x }) => mul(t, sigmoid(x[0])),
  add: (t) => t,
  sub: [(t) => t, (t) => neg(t)],
  mul: [(t, { x }) => mul(t, x[1]), (t, { x }) => mul(t, x[0])],
  div: [(t, { x }) => div(t, x[1]), (t, { x, y }) => neg(mul(t, div(y[0], x[1])))],
  pow: [
    // Of bases 0 and NaN 0 · a^(0 − 1) would be NaN, where a⁰ is 1 whatever a is: there the exponent's −1 is dropped.
    (t, { x: [a, b] }) => {
      const isConstant = logicalAnd(equal(b, 0), logicalOr(equal(a, 0), isNaN(a)))
      return timesSlope(t, mul(b, pow(a, sub(b, where(isConstant, b, 1)))))
    },
    (t, { x: [a], y }) => mul(t, mul(y[0], log(where(equal(a, 0), 1, a)))),
  ],
  remainder: [(t) => t, (t, { x }) => neg(timesSlope(t, floorDiv(x[0], x[1])))],
  atan2: [(t, { x: [y, x] }) => byDistance(t, x, y, x), (t, { x: [y, x] }) => neg(byDistance(t, y, y, x))],
  maximum: [
    (t, { x }) => shareOnTie(t, greater(x[0], x[1]), x),
    (t, { x }) => shareOnTie(t, less(x[0], x[1]), x),
  ],
  minimum: [
    (t, { x }) => shareOnTie(t, less(x[0], x[1]), x),
    (t, { x }) => shareOnTie(t, greater(x[0], x[1]), x),
  ],
  where: [null, (t, { x }) => where(x[0], t, 0), (t, { x }) => where(x[0], 0, t)],
  clip: [
    (t, { x: [x, low, high] }) => where(logicalAnd(greaterEqual(x, low), lessEqual(x, high)), t, 0),
    (t, { x: [x, low, high] }) => where(logicalAnd(less(x, low), lessEqual(low, high)), t, 0),
    (t, { x: [x, low, high] }) => where(logicalOr(greater(x, high), greater(low, high)), t, 0),
  ],

  // Constant almost everywhere, or not floating: their outputs are not traced.
  sign: null,
  floor: null,
  floorDiv: null,
  ceil: null,
  round: null,
  stopGradient: null,
  logicalNot: null,
  isNaN: null,
  isFinite: null,
  equal: null,
  notEqual: null,
  less: null,
  lessEqual: null,
  greater: null,
  greaterEqual: null,
  logicalAnd: null,
  logicalOr: null,
} satisfies JvpRules

export const elementwiseVjp = {
  cast: (g, { x }) => cast(g, x[0].dtype),
} satisfies VjpRules

export const elementwiseJvp = {
  cast: (t, { params: { dtype } }) => cast(t, dtype),
} satisfies JvpRules
