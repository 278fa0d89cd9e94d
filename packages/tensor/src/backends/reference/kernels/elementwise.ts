import { exponential } from '../../../elementary/exponential.ts'
import { binary, orWhole, ternary, unary } from '../pointwise.ts'
import { power, roundHalfEven, sigmoid } from '../scalar-functions.ts'
import type { KernelFamily } from './family.ts'

/** NumPy's: that of JavaScript and C has the sign of a. */
function remainder(a: number, b: number): number {
  const rest = a % b
  if (rest === 0) return b < 0 || Object.is(b, -0) ? -0 : 0
  return rest < 0 !== b < 0 ? rest + b : rest
}

/** NumPy's, of what is left when the remainder is taken off: a quotient that is rounded up to a whole number would be one too large. */
function floorDiv(a: number, b: number): number {
  if (b === 0) return a / b
  const rest = a % b
  const quotient = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0)
  // Near a whole number, but for rounding.
  const down = Math.floor(quotient)
  return quotient === 0 ? 0 * (a / b) : quotient - down > 0.5 ? down + 1 : down
}

/** Right in float64: a quotient of numbers of 32 bits that is not whole differs from the nearest whole number by 2⁻³² of it or more. */
const floorDivWhole = (a: number, b: number): number => (b === 0 ? 0 : Math.floor(a / b))

/** x itself on a bound; NaN is neither below nor above. */
function clip(x: number, low: number, high: number): number {
  const raised = x < low || Number.isNaN(low) ? low : x
  return raised > high || Number.isNaN(high) ? high : raised
}

export const elementwiseKernels = {
  neg: unary((x) => -x),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  square: orWhole(
    unary((x) => x * x),
    unary((x) => Math.imul(x, x)),
  ),
  exp: unary(exponential),
  expm1: unary(Math.expm1),
  log: unary(Math.log),
  log1p: unary(Math.log1p),
  sqrt: unary(Math.sqrt),
  reciprocal: unary((x) => 1 / x),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  sigmoid: unary(sigmoid),
  softplus: unary((x) => Math.max(x, 0) + Math.log1p(exponential(-Math.abs(x)))),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(roundHalfEven),
  logicalNot: unary((x) => (x === 0 ? 1 : 0)),
  isNaN: unary((x) => (Number.isNaN(x) ? 1 : 0)),
  isFinite: unary((x) => (Number.isFinite(x) ? 1 : 0)),

  /** Truncates towards integers (out of range wraps as JavaScript's `| 0` does); bool is `x ≠ 0`. */
  cast([x], [y], { dtype }) {
    const a = x.buffer
    const out = y.buffer
    if (dtype === 'bool') for (let i = 0; i < out.length; i++) out[i] = a[i] !== 0 ? 1 : 0
    else for (let i = 0; i < out.length; i++) out[i] = a[i]
  },

  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: orWhole(
    binary((a, b) => a * b),
    binary(Math.imul),
  ),
  div: binary((a, b) => a / b),
  remainder: orWhole(
    binary(remainder),
    binary((a, b) => (b === 0 ? 0 : a - floorDivWhole(a, b) * b)),
  ),
  floorDiv: orWhole(binary(floorDiv), binary(floorDivWhole)),
  atan2: binary(Math.atan2),
  pow: binary(power),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  equal: binary((a, b) => (a === b ? 1 : 0)),
  notEqual: binary((a, b) => (a !== b ? 1 : 0)),
  less: binary((a, b) => (a < b ? 1 : 0)),
  lessEqual: binary((a, b) => (a <= b ? 1 : 0)),
  greater: binary((a, b) => (a > b ? 1 : 0)),
  greaterEqual: binary((a, b) => (a >= b ? 1 : 0)),
  logicalAnd: binary((a, b) => (a !== 0 && b !== 0 ? 1 : 0)),
  logicalOr: binary((a, b) => (a !== 0 || b !== 0 ? 1 : 0)),

  where: ternary((condition, a, b) => (condition !== 0 ? a : b)),
  clip: ternary(clip),
} satisfies KernelFamily
