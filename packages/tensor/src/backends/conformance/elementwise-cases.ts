import { arrayTypes, type DType } from '../../dtype.ts'
import type { None } from '../../op-params.ts'
import { broadcastShapes, type Shape } from '../../shape.ts'
import type { Call, Case, CaseTable } from './case.ts'
import { broadcastPairs, shapes } from './shapes.ts'
import { plain, special, specials } from './values.ts'

const NONE: None = {}

function* unary(dtype: DType): Iterable<Call<None>> {
  for (const shape of shapes) {
    yield { inputs: [plain(dtype, shape)], params: NONE }
    yield { inputs: [special(dtype, shape, shape.length)], params: NONE }
  }
}

function* binary(dtype: DType): Iterable<Call<None>> {
  for (const [a, b] of broadcastPairs) {
    yield { inputs: [plain(dtype, a), plain(dtype, b, 7)], params: NONE }
    yield { inputs: [special(dtype, a), special(dtype, b, 3)], params: NONE }
  }
  // Every special value beside every other: both stretched, and as vectors.
  const n = specials[dtype].length
  yield { inputs: [special(dtype, [n, 1]), special(dtype, [1, n])], params: NONE }
  for (let shift = 0; shift < n; shift++) {
    yield { inputs: [special(dtype, [n + 3]), special(dtype, [n + 3], shift)], params: NONE }
  }
}

function* where(dtype: DType): Iterable<Case<'where'>> {
  for (const [a, b] of broadcastPairs) {
    const conditions: Shape[] = [[], [1], a, broadcastShapes('where', a, b)]
    for (const shape of conditions) {
      yield {
        inputs: [plain('bool', shape, 5), special(dtype, a), special(dtype, b, 3)],
        params: NONE,
      }
    }
  }
}

function* cast(dtype: DType): Iterable<Case<'cast'>> {
  for (const to of Object.keys(arrayTypes) as DType[]) {
    for (const shape of shapes) yield { inputs: [special(dtype, shape)], params: { dtype: to } }
    yield { inputs: [special(dtype, [100], 50)], params: { dtype: to } }
  }
}

const [one, two] = [unary, binary]

export const elementwiseCases = {
  neg: one,
  abs: one,
  sign: one,
  square: one,
  exp: one,
  expm1: one,
  log: one,
  log1p: one,
  sqrt: one,
  reciprocal: one,
  sin: one,
  cos: one,
  tanh: one,
  sigmoid: one,
  floor: one,
  ceil: one,
  round: one,
  logicalNot: one,
  isNaN: one,
  isFinite: one,
  stopGradient: one,
  cast,
  add: two,
  sub: two,
  mul: two,
  div: two,
  pow: two,
  maximum: two,
  minimum: two,
  equal: two,
  notEqual: two,
  less: two,
  lessEqual: two,
  greater: two,
  greaterEqual: two,
  logicalAnd: two,
  logicalOr: two,
  where,
} satisfies Partial<CaseTable>
