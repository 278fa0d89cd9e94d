import fc, { type Arbitrary } from 'fast-check'
import { arrayTypes, type DType } from '../../dtype.ts'
import type { None } from '../../op.ts'
import { broadcastShapes, type Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { type Call, type CaseRow, type CaseTable, NONE } from '../case.ts'
import {
  awayFromZero,
  bools,
  broadcastable,
  numbers,
  ordinary,
  shape,
  tensorOf,
  withoutParams,
} from '../draw.ts'
import { broadcastPairs, shapes } from '../shapes.ts'
import { exact, type OtherTolerance, transcendental } from '../tolerance.ts'
import { plain, special, specials } from '../values.ts'

function* unaryCalls(dtype: DType): Iterable<Call<None>> {
  for (const s of shapes) {
    yield { inputs: [plain(dtype, s)], params: NONE }
    yield { inputs: [special(dtype, s, s.length)], params: NONE }
  }
}

function* binaryCalls(dtype: DType): Iterable<Call<None>> {
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

/** Operands that broadcast to a common shape. */
const operands = (...draws: ((s: Shape) => Arbitrary<Tensor>)[]) =>
  shape()
    .chain((out) => fc.tuple(...draws.map(() => broadcastable(out))))
    .chain((parts) => fc.tuple(...draws.map((draw, i) => draw(parts[i]))))
    .map(withoutParams)

const tensors = (entry: Arbitrary<number>) => (s: Shape) => tensorOf(s, entry)
const one = (entry: Arbitrary<number>) =>
  shape().chain((s) => tensorOf(s, entry).map((x) => withoutParams([x])))
const two = (left: Arbitrary<number>, right: Arbitrary<number>) => operands(tensors(left), tensors(right))

const halves = fc.integer({ min: -4, max: 4 }).map((k) => k / 2)
const quarters = halves.map((x) => x + 0.25)

/** Never equal: multiples of 1/2 beside multiples of 1/2 plus 1/4. */
const untied = two(halves, quarters)

const unary = (tolerance: OtherTolerance, smooth: CaseRow<None>['smooth']): CaseRow<None> => ({
  calls: unaryCalls,
  tolerance,
  smooth,
})

const binary = (tolerance: OtherTolerance, smooth: CaseRow<None>['smooth']): CaseRow<None> => ({
  calls: binaryCalls,
  tolerance,
  smooth,
})

/** Smooth everywhere, at least within [−2, 2]. */
const exactUnary = unary(exact, one(ordinary))
const transcendentalUnary = unary(transcendental, one(ordinary))
const exactBinary = binary(exact, two(ordinary, ordinary))

export const elementwiseCases = {
  neg: exactUnary,
  abs: unary(exact, one(awayFromZero(0.1))),
  sign: exactUnary,
  square: exactUnary,
  exp: transcendentalUnary,
  expm1: transcendentalUnary,
  log: unary(transcendental, one(numbers(0.4, 3))),
  log1p: unary(transcendental, one(numbers(-0.6, 2))),
  sqrt: unary(exact, one(numbers(0.4, 3))),
  reciprocal: unary(exact, one(awayFromZero(0.5))),
  sin: transcendentalUnary,
  cos: transcendentalUnary,
  tanh: transcendentalUnary,
  sigmoid: transcendentalUnary,
  softplus: transcendentalUnary,
  floor: exactUnary,
  ceil: exactUnary,
  round: exactUnary,
  logicalNot: unary(exact, null),
  isNaN: exactUnary,
  isFinite: exactUnary,
  cast: {
    *calls(dtype) {
      for (const to of Object.keys(arrayTypes) as DType[]) {
        for (const s of shapes) yield { inputs: [special(dtype, s)], params: { dtype: to } }
        yield { inputs: [special(dtype, [100], 50)], params: { dtype: to } }
      }
    },
    tolerance: exact,
    smooth: shape().chain((s) =>
      tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { dtype: 'float64' as const } })),
    ),
  },
  stopGradient: exactUnary,
  add: exactBinary,
  sub: exactBinary,
  mul: exactBinary,
  div: binary(exact, two(ordinary, awayFromZero(0.5))),
  // Quotients are at least 1/8 away from whole numbers, where the slope in the divisor jumps.
  remainder: binary(exact, two(quarters, fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2))),
  floorDiv: binary(exact, two(ordinary, awayFromZero(0.5))),
  atan2: binary(transcendental, two(awayFromZero(0.4), ordinary)),
  pow: binary(transcendental, two(numbers(0.4, 2), ordinary)),
  maximum: binary(exact, untied),
  minimum: binary(exact, untied),
  equal: exactBinary,
  notEqual: exactBinary,
  less: exactBinary,
  lessEqual: exactBinary,
  greater: exactBinary,
  greaterEqual: exactBinary,
  logicalAnd: binary(exact, null),
  logicalOr: binary(exact, null),
  where: {
    *calls(dtype) {
      for (const [a, b] of broadcastPairs) {
        const conditions: Shape[] = [[], [1], a, broadcastShapes('where', a, b)]
        for (const s of conditions) {
          yield {
            inputs: [plain('bool', s, 5), special(dtype, a), special(dtype, b, 3)],
            params: NONE,
          }
        }
      }
    },
    tolerance: exact,
    smooth: operands(bools, tensors(ordinary), tensors(ordinary)),
  },
  clip: {
    *calls(dtype) {
      for (const [a, b] of broadcastPairs) {
        const [x, bound] = [special(dtype, a), special(dtype, b, 3)]
        for (const other of [special(dtype, a, 5), special(dtype, [], 2), plain(dtype, b, 7)])
          yield { inputs: [x, bound, other], params: NONE }
        yield { inputs: [bound, special(dtype, [], 1), x], params: NONE }
      }
      // Every three special values, the longest axis last so that vectors are among the rows.
      const n = specials[dtype].length
      yield {
        inputs: [special(dtype, [n]), special(dtype, [n, 1]), special(dtype, [n, 1, 1])],
        params: NONE,
      }
      for (let shift = 0; shift < n; shift++) {
        const inputs = [0, shift, 2 * shift].map((seed) => special(dtype, [n + 3], seed))
        yield { inputs, params: NONE }
      }
    },
    tolerance: exact,
    // No two of them equal: 1/8 apart.
    smooth: operands(tensors(halves), tensors(quarters), tensors(quarters.map((x) => x + 1 / 8))),
  },
} satisfies Partial<CaseTable>
