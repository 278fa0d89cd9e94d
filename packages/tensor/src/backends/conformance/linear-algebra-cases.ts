import type { DType } from '../../dtype.ts'
import type { None } from '../../op-params.ts'
import type { Shape } from '../../shape.ts'
import type { Case, CaseTable, Values } from './case.ts'
import { filled, plain } from './values.ts'

const NONE: None = {}
const orders = [3, 0, 1, 2, 4, 5, 8, 10, 17, 33]
const leads: readonly Shape[] = [[], [3], [2, 2], [0]]

/** Entry by matrix, row and column. */
const matrices = (
  dtype: DType,
  lead: Shape,
  n: number,
  f: (each: number, i: number, j: number) => number,
): Values =>
  filled(dtype, [...lead, n, n], (at) => f(Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n))

/** Symmetric, entries of about 1. */
const symmetric = (each: number, i: number, j: number): number =>
  Math.cos(each + 3 * Math.max(i, j) + 1.7 * Math.min(i, j))

/** Diagonally dominant: condition numbers stay below 10. */
const definite = (n: number) => (each: number, i: number, j: number) =>
  i === j ? 2 + (i % 3) : symmetric(each, i, j) / Math.max(1, n)

function* solves(dtype: DType): Iterable<Case<'choleskySolve'>> {
  for (const n of orders) {
    for (const lead of leads) {
      for (const m of [1, 0, 3, 8])
        yield {
          inputs: [matrices(dtype, lead, n, definite(n)), plain(dtype, [...lead, n, m])],
          params: NONE,
        }
    }
  }
  // A dropped unknown, nothing at all, a rank of one with a small ridge, and no numbers.
  const right = plain(dtype, [4, 2])
  const awkward: ((i: number, j: number) => number)[] = [
    (i, j) => (i === j && i !== 1 ? i + 1 : 0),
    () => 0,
    () => 1,
    (i, j) => (i === 2 && j === 1 ? Number.NaN : Number(i === j)),
    (i, j) => (i === j ? (i === 3 ? Infinity : 1) : 0),
  ]
  for (const f of awkward)
    yield { inputs: [matrices(dtype, [], 4, (_, i, j) => f(i, j)), right], params: NONE }
  const holes = filled(dtype, [4, 2], (i) => [1, Infinity, Number.NaN, 2, -1, 0, 3, -Infinity][i])
  yield { inputs: [matrices(dtype, [], 4, (_, i, j) => awkward[0](i, j)), holes], params: NONE }
}

function* squares(
  dtype: DType,
  f: (each: number, i: number, j: number) => number,
  scales: readonly number[],
): Iterable<Case<'eigh'>> {
  for (const n of orders)
    for (const lead of leads) yield { inputs: [matrices(dtype, lead, n, f)], params: NONE }
  for (const scale of scales) {
    yield { inputs: [matrices(dtype, [], 5, (_, i, j) => scale * Number(i === j))], params: NONE }
  }
  for (const hole of [Number.NaN, Infinity])
    yield { inputs: [matrices(dtype, [], 3, (_, i, j) => (i + j === 0 ? hole : 1))], params: NONE }
}

export const linearAlgebraCases = {
  choleskySolve: solves,
  eigh: (dtype) => squares(dtype, symmetric, [0, 1, 1e-20, 1e10]),
  expm: (dtype) =>
    squares(
      dtype,
      (each, i, j) => symmetric(each, 2 * i, 3 * j) * (each % 2 === 0 ? 0.3 : 2),
      [0, 1, 1e-20, -30, 30],
    ),
} satisfies Partial<CaseTable>
