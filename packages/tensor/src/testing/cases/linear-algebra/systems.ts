import fc from 'fast-check'
import type { DType } from '../../../dtype.ts'
import { add, eye, mul, sub } from '../../../index.ts'
import type { None } from '../../../op.ts'
import type { Tensor } from '../../../tensor.ts'
import { type Call, type CaseTable, NONE } from '../../case.ts'
import { length, ordinary, shape, tensorOf, withoutParams } from '../../draw.ts'
import { ofNorm } from '../../tolerance.ts'
import { filled, plain } from '../../values.ts'
import {
  type Entry,
  leads,
  matrices,
  matricesOfEveryOrder,
  matrix,
  orders,
  squares,
  symmetric,
} from './matrices.ts'

type OneEntry = (i: number, j: number) => number

/** Diagonally dominant; condition numbers stay below 10. */
const definite =
  (n: number): Entry =>
  (each, i, j) =>
    i === j ? 2 + (i % 3) : symmetric(each, i, j) / Math.max(1, n)

/** Diagonally dominant once its rows are sorted by pivoting; condition numbers stay below 10. */
const regular =
  (n: number): Entry =>
  (each, i, j) => {
    const row = (i + each) % Math.max(1, n)
    return row === j ? (j % 2 === 0 ? 2 : -3) : Math.sin(each + 3 * row + 1.7 * j) / Math.max(1, n)
  }

/** Singular at the first pivot and at a later one, with a NaN, with an infinity. */
const irregular: readonly OneEntry[] = [
  () => 0,
  () => 1,
  (i, j) => (i === j && i !== 3 ? 1 : 0),
  (i, j) => (i === 2 && j === 1 ? Number.NaN : Number(i === j)),
  (i, j) => (i === j ? (i === 3 ? Infinity : 1) : 0),
]

/** A pivot that is dropped, all of them, all but one; with a NaN, with an infinity. */
const semidefinite: readonly OneEntry[] = [
  (i, j) => (i === j && i !== 1 ? i + 1 : 0),
  () => 0,
  () => 1,
  (i, j) => (i === 2 && j === 1 ? Number.NaN : Number(i === j)),
  (i, j) => (i === j ? (i === 3 ? Infinity : 1) : 0),
]

const laterPivotNegative: OneEntry = (i, j) => (i === j ? 1 : i + j === 5 ? 2 : 0)
/** Positive definite by its lower triangle, and so is its symmetric part. */
const differsInUpperTriangle: OneEntry = (i, j) => (i === j ? 2 : i < j ? 1 : 0)

/** A negative pivot at once or later, none on a diagonal of zeros, an entry beside a dropped pivot, a small negative pivot. */
const indefinite: readonly OneEntry[] = [
  (i, j) => -Number(i === j),
  laterPivotNegative,
  (i, j) => Number(i + j === 3),
  (i, j) => Number(Math.abs(i - j) <= 1),
  (i, j) => (i === j ? (i === 2 ? -1e-2 : 1) : 0),
]

/** A NaN, or other numbers than in the lower triangle. */
const differentUpperTriangles: readonly OneEntry[] = [
  (i, j) => (i === 0 && j === 3 ? Number.NaN : Number(i === j)),
  differsInUpperTriangle,
]

/** Systems of every order with several right-hand sides. */
function* systems(dtype: DType, entryOf: (n: number) => Entry): Iterable<Call<None>> {
  for (const n of orders) {
    for (const lead of leads) {
      for (const m of [1, 0, 3, 8])
        yield {
          inputs: [matrices(dtype, lead, n, entryOf(n)), plain(dtype, [...lead, n, m])],
          params: NONE,
        }
    }
  }
}

const smoothSystems = fc
  .tuple(shape(0, 1), length, length)
  .chain(([lead, n, m]) => fc.tuple(tensorOf([...lead, n, n], ordinary), tensorOf([...lead, n, m], ordinary)))

/** Diagonally dominant, hence positive definite, and not symmetric: the symmetric part counts. */
const asDefinite = (x: Tensor): Tensor => add(mul(x, 0.3), mul(eye(x.shape.at(-1)!, 'float64'), 2))

/** Regular, of negative determinant where n is odd: diagonally dominant. */
const asRegular = (x: Tensor): Tensor => sub(mul(x, 0.3), mul(eye(x.shape.at(-1)!, 'float64'), 2))

export const systemCases = {
  cholesky: {
    *calls(dtype) {
      for (const a of matricesOfEveryOrder(dtype, definite)) yield { inputs: [a], params: NONE }
      for (const entry of [...irregular, laterPivotNegative])
        yield { inputs: [matrix(dtype, 4, entry)], params: NONE }
      yield { inputs: [matrix(dtype, 3, differsInUpperTriangle)], params: NONE }
    },
    tolerance: ofNorm(10),
    smooth: squares(ordinary).map((x) => ({
      ...withoutParams([x]),
      prepare: ([root]) => [asDefinite(root)],
    })),
  },

  choleskySolve: {
    *calls(dtype) {
      yield* systems(dtype, definite)
      const right = plain(dtype, [4, 2])
      for (const entry of [...semidefinite, ...indefinite, ...differentUpperTriangles])
        yield { inputs: [matrix(dtype, 4, entry), right], params: NONE }
      const holes = filled(dtype, [4, 2], (i) => [1, Infinity, Number.NaN, 2, -1, 0, 3, -Infinity][i])
      yield { inputs: [matrix(dtype, 4, semidefinite[0]), holes], params: NONE }
    },
    tolerance: ofNorm(10),
    smooth: smoothSystems.map((inputs) => ({
      ...withoutParams(inputs),
      prepare: ([root, b]) => [asDefinite(root), b],
    })),
  },

  solve: {
    *calls(dtype) {
      yield* systems(dtype, regular)
      for (const entry of irregular)
        yield { inputs: [matrix(dtype, 4, entry), plain(dtype, [4, 2])], params: NONE }
    },
    tolerance: ofNorm(10),
    smooth: smoothSystems.map((inputs) => ({
      ...withoutParams(inputs),
      prepare: ([a, b]) => [asRegular(a), b],
    })),
  },

  logDet: {
    *calls(dtype) {
      for (const a of matricesOfEveryOrder(dtype, regular)) yield { inputs: [a], params: NONE }
      for (const scale of [1e-20, 1e20])
        yield { inputs: [matrix(dtype, 5, (i, j) => scale * regular(5)(1, i, j))], params: NONE }
      for (const entry of irregular) yield { inputs: [matrix(dtype, 4, entry)], params: NONE }
    },
    // Of 1 + |log|, not of a largest number.
    tolerance: ofNorm(10),
    smooth: squares(ordinary).map((x) => ({ ...withoutParams([x]), prepare: ([a]) => [asRegular(a)] })),
  },
} satisfies Partial<CaseTable>
