import type { OpName } from '../../../op-params.ts'

/** GLSL of `x`, by the kind of number where kinds differ. */
export type Expression = string | { readonly float: string; readonly whole: string }

/** Scalar functions of one number `x`. */
export const unaryScalars = {
  neg: '-x',
  abs: 'abs(x)',
  sign: { float: 'x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x', whole: 'sign(x)' },
  square: 'x * x',
  exp: 'exponential(x)',
  expm1: 'exponentialLess1(x)',
  log: 'logarithm(x)',
  log1p: 'logarithmOf1And(x)',
  sqrt: 'squareRoot(x)',
  reciprocal: 'quotient(1.0, x)',
  sin: 'sinOfQuarters(x, 0)',
  cos: 'sinOfQuarters(x, 1)',
  tanh: 'hyperbolicTangent(x)',
  sigmoid: 'logistic(x)',
  floor: 'x == 0.0 ? x : floor(x)',
  ceil: '-floor(-x)',
  round: 'roundedHalfEven(x)',
  logicalNot: 'x == 0',
  isNaN: 'isNaNumber(x)',
  isFinite: '!isNaNumber(x) && !isInfinite(x)',
} as const satisfies { readonly [N in OpName]?: Expression }

/** Scalar functions of two numbers `x` and `y`. */
export const binaryScalars = {
  add: 'x + y',
  sub: 'x - y',
  mul: 'x * y',
  div: 'quotient(x, y)',
  pow: 'power(x, y)',
  maximum: 'larger(x, y)',
  minimum: 'smaller(x, y)',
  equal: 'x == y',
  notEqual: 'x != y',
  less: 'x < y',
  lessEqual: 'x <= y',
  greater: 'x > y',
  greaterEqual: 'x >= y',
  logicalAnd: 'x != 0 && y != 0',
  logicalOr: 'x != 0 || y != 0',
} as const satisfies { readonly [N in OpName]?: Expression }

/** The expression for a dtype. */
export const expressionOf = (expression: Expression, isFloat: boolean): string =>
  typeof expression === 'string' ? expression : isFloat ? expression.float : expression.whole
