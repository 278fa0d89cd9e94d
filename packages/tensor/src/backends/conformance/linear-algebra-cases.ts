import type { DType } from '../../dtype.ts'
import type { None, ScalarFunction } from '../../op-params.ts'
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

/** Diagonally dominant but for the order of its rows, which a pivot must find; condition numbers stay below 10. */
const regular = (n: number) => (each: number, i: number, j: number) => {
  const row = (i + each) % Math.max(1, n)
  return row === j ? (j % 2 === 0 ? 2 : -3) : Math.sin(each + 3 * row + 1.7 * j) / Math.max(1, n)
}

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
    // Not semidefinite: a negative pivot at once, one that comes late, none on a diagonal of zeros, an
    // entry beside a dropped one, a small one; and the upper triangle alone.
    (i, j) => -Number(i === j),
    (i, j) => (i === j ? 1 : i + j === 5 ? 2 : 0),
    (i, j) => Number(i + j === 3),
    (i, j) => Number(Math.abs(i - j) <= 1),
    (i, j) => (i === j ? (i === 2 ? -1e-2 : 1) : 0),
    (i, j) => (i === 0 && j === 3 ? Number.NaN : Number(i === j)),
    (i, j) => (i === j ? 2 : i < j ? 1 : 0),
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

function* generalSolves(dtype: DType): Iterable<Case<'solve'>> {
  for (const n of orders) {
    for (const lead of leads) {
      for (const m of [1, 0, 3, 8])
        yield {
          inputs: [matrices(dtype, lead, n, regular(n)), plain(dtype, [...lead, n, m])],
          params: NONE,
        }
    }
  }
  for (const f of irregular)
    yield { inputs: [matrices(dtype, [], 4, (_, i, j) => f(i, j)), plain(dtype, [4, 2])], params: NONE }
}

/** Singular at once and late, and no numbers. */
const irregular: readonly ((i: number, j: number) => number)[] = [
  () => 0,
  () => 1,
  (i, j) => (i === j && i !== 3 ? 1 : 0),
  (i, j) => (i === 2 && j === 1 ? Number.NaN : Number(i === j)),
  (i, j) => (i === j ? (i === 3 ? Infinity : 1) : 0),
]

function* cholesky(dtype: DType): Iterable<Case<'cholesky'>> {
  for (const n of orders)
    for (const lead of leads) yield { inputs: [matrices(dtype, lead, n, definite(n))], params: NONE }
  const awkward = [...irregular, (i: number, j: number) => (i === j ? 1 : i + j === 5 ? 2 : 0)]
  for (const f of awkward) yield { inputs: [matrices(dtype, [], 4, (_, i, j) => f(i, j))], params: NONE }
  yield { inputs: [matrices(dtype, [], 3, (_, i, j) => (i === j ? 2 : i < j ? 1 : 0))], params: NONE }
}

function* determinants(dtype: DType): Iterable<Case<'logDet'>> {
  for (const n of orders)
    for (const lead of leads) yield { inputs: [matrices(dtype, lead, n, regular(n))], params: NONE }
  for (const scale of [1e-20, 1e20])
    yield { inputs: [matrices(dtype, [], 5, (_, i, j) => scale * regular(5)(1, i, j))], params: NONE }
  for (const f of irregular) yield { inputs: [matrices(dtype, [], 4, (_, i, j) => f(i, j))], params: NONE }
}

const functions: readonly (ScalarFunction & { readonly from: number; readonly to: number })[] = [
  { kind: 'exp', exponent: 0, from: -2, to: 2 },
  { kind: 'log', exponent: 0, from: 0.5, to: 4 },
  { kind: 'log', exponent: 0, from: -1, to: 1 },
  ...[0.5, -0.5, -1, 2.5].map((exponent) => ({ kind: 'power', exponent, from: 0.5, to: 4 }) as const),
  ...[3, 0, 1, -2].map((exponent) => ({ kind: 'power', exponent, from: -3, to: -1 }) as const),
  { kind: 'power', exponent: -3, from: -2, to: 3 },
]

/** Eigenvalues of which some are equal, some nearly, some apart; the vectors are those of a reflection. */
function* functionsOfSymmetric(dtype: DType): Iterable<Case<'symmetricFunction'>> {
  const eigenvalue = (k: number, from: number, to: number): number =>
    from + ((to - from) * (Math.floor(k / 2) % 4)) / 4 + (k % 4 === 3 ? 1e-3 : 0)
  for (const { from, to, ...params } of functions) {
    for (const n of [3, 0, 1, 6]) {
      for (const order of [0, 1, 2, 3]) {
        for (const lead of order < 2 ? leads : leads.slice(0, 2)) {
          const values = filled(dtype, [...lead, n], (at) => eigenvalue(at, from, to))
          const vectors = matrices(dtype, lead, n, (_, i, j) => Number(i === j) - 2 / Math.max(1, n))
          const directions = Array.from({ length: order }, (_, d) => plain(dtype, [...lead, n, n], d))
          yield { inputs: [vectors, values, vectors, ...directions], params }
        }
      }
    }
  }
}

export const linearAlgebraCases = {
  cholesky,
  choleskySolve: solves,
  solve: generalSolves,
  logDet: determinants,
  symmetricFunction: functionsOfSymmetric,
  eigh: (dtype) => squares(dtype, symmetric, [0, 1, 1e-20, 1e10]),
  expm: (dtype) =>
    squares(
      dtype,
      (each, i, j) => symmetric(each, 2 * i, 3 * j) * (each % 2 === 0 ? 0.3 : 2),
      [0, 1, 1e-20, -30, 30],
    ),
} satisfies Partial<CaseTable>
