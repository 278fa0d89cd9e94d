import type { TypedArray } from '../../dtype.ts'
import type { Kernels } from '../../kernels.ts'
import { cast } from './cast.ts'
import { binary, broadcastTo, orWhole, power, roundHalfEven, sigmoid, unary, where } from './elementwise.ts'
import * as layout from './layout.ts'
import * as linearAlgebra from './linear-algebra.ts'
import { matmul } from './matmul.ts'
import * as pieces from './piecewise-affine.ts'
import { argReduce, cumsum, reduce } from './reduction.ts'

/** Every op of the table. */
export const kernels: Kernels<TypedArray> = {
  neg: unary((x) => -x),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  square: orWhole(
    unary((x) => x * x),
    unary((x) => Math.imul(x, x)),
  ),
  exp: unary(Math.exp),
  expm1: unary(Math.expm1),
  log: unary(Math.log),
  log1p: unary(Math.log1p),
  sqrt: unary(Math.sqrt),
  reciprocal: unary((x) => 1 / x),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  sigmoid: unary(sigmoid),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(roundHalfEven),
  logicalNot: unary((x) => (x === 0 ? 1 : 0)),
  isNaN: unary((x) => (Number.isNaN(x) ? 1 : 0)),
  isFinite: unary((x) => (Number.isFinite(x) ? 1 : 0)),
  cast,
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: orWhole(
    binary((a, b) => a * b),
    binary(Math.imul),
  ),
  div: binary((a, b) => a / b),
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
  where,
  sum: reduce(0, (total, x) => total + x),
  prod: orWhole(
    reduce(1, (total, x) => total * x),
    reduce(1, Math.imul),
  ),
  max: reduce(Number.NEGATIVE_INFINITY, Math.max),
  min: reduce(Number.POSITIVE_INFINITY, Math.min),
  argMax: argReduce((candidate, best) => candidate > best),
  argMin: argReduce((candidate, best) => candidate < best),
  cumsum,
  matmul,
  transpose: layout.transpose,
  broadcastTo,
  concat: layout.concat,
  slice: layout.slice,
  pad: layout.pad,
  flip: layout.flip,
  gather: layout.gather,
  scatterAdd: layout.scatterAdd,
  oneHot: layout.oneHot,
  topKMask: layout.topKMask,
  affine: pieces.affine,
  applySlopes: pieces.applySlopes,
  packStates: pieces.packStates,
  unpackStates: pieces.unpackStates,
  countDifferingStates: pieces.countDifferingStates,
  ...linearAlgebra,
}
