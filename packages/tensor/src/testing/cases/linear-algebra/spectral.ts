import fc from 'fast-check'
import { tensor } from '../../../creation.ts'
import type { DType } from '../../../dtype.ts'
import { add, eigh, eye, mul, stopGradient } from '../../../index.ts'
import type { None } from '../../../op.ts'
import type { ScalarFunction } from '../../../ops/linear-algebra/scalar-function.ts'
import { type Call, type CaseTable, NONE } from '../../case.ts'
import { numbers, ordinary, tensorOf, withoutParams } from '../../draw.ts'
import { ofNorm } from '../../tolerance.ts'
import { filled, plain } from '../../values.ts'
import { type Entry, leads, matrices, matricesOfEveryOrder, matrix, squares, symmetric } from './matrices.ts'

/** Matrices of every order, multiples of the identity, and matrices with a NaN or an infinity. */
function* spectra(dtype: DType, entry: Entry, scales: readonly number[]): Iterable<Call<None>> {
  for (const a of matricesOfEveryOrder(dtype, () => entry)) yield { inputs: [a], params: NONE }
  for (const scale of scales)
    yield { inputs: [matrix(dtype, 5, (i, j) => scale * Number(i === j))], params: NONE }
  for (const hole of [Number.NaN, Infinity])
    yield { inputs: [matrix(dtype, 3, (i, j) => (i + j === 0 ? hole : 1))], params: NONE }
}

const functions: readonly (ScalarFunction & { readonly from: number; readonly to: number })[] = [
  { kind: 'exp', exponent: 0, from: -2, to: 2 },
  { kind: 'log', exponent: 0, from: 0.5, to: 4 },
  { kind: 'log', exponent: 0, from: -1, to: 1 },
  ...[0.5, -0.5, -1, 2.5].map((exponent) => ({ kind: 'power', exponent, from: 0.5, to: 4 }) as const),
  ...[3, 0, 1, -2].map((exponent) => ({ kind: 'power', exponent, from: -3, to: -1 }) as const),
  { kind: 'power', exponent: -3, from: -2, to: 3 },
]

/** Eigenvalues of which some are equal, some nearly, some apart. */
const eigenvalue = (k: number, from: number, to: number): number =>
  from + ((to - from) * (Math.floor(k / 2) % 4)) / 4 + (k % 4 === 3 ? 1e-3 : 0)

export const spectralCases = {
  eigh: {
    calls: (dtype) => spectra(dtype, symmetric, [0, 1, 1e-20, 1e10]),
    tolerance: ofNorm(10),
    smooth: squares(numbers(-0.5, 0.5)).map((x) => ({
      ...withoutParams([x]),
      // Eigenvalues near 0, 3, 6: apart, and each vector's largest component is not in doubt.
      prepare: ([a]) => {
        const n = a.shape.at(-1)!
        const spread = tensor(Float64Array.from({ length: n }, (_, i) => 3 * i))
        return [add(a, mul(eye(n, 'float64'), spread))]
      },
    })),
  },

  symmetricFunction: {
    *calls(dtype) {
      for (const { from, to, ...params } of functions) {
        for (const n of [3, 0, 1, 6]) {
          for (const order of [0, 1, 2, 3]) {
            for (const lead of order < 2 ? leads : leads.slice(0, 2)) {
              const values = filled(dtype, [...lead, n], (at) => eigenvalue(at, from, to))
              // A reflection.
              const vectors = matrices(dtype, lead, n, (_, i, j) => Number(i === j) - 2 / Math.max(1, n))
              const directions = Array.from({ length: order }, (_, d) => plain(dtype, [...lead, n, n], d))
              yield { inputs: [vectors, values, vectors, ...directions], params }
            }
          }
        }
      }
    },
    tolerance: ofNorm(100),
    // Multiples of 1/2 as entries: equal eigenvalues are common. All are between 0.5 and 3.5.
    smooth: fc
      .tuple(
        squares(fc.constantFrom(-0.5, 0, 0, 0.5)).chain((x) =>
          fc.array(tensorOf(x.shape, ordinary), { maxLength: 1 }).map((directions) => [x, ...directions]),
        ),
        fc.constantFrom<ScalarFunction>(
          { kind: 'exp', exponent: 0 },
          { kind: 'log', exponent: 0 },
          ...[0.5, -0.5, -1, 3].map((exponent): ScalarFunction => ({ kind: 'power', exponent })),
        ),
      )
      .map(([inputs, params]) => ({
        inputs,
        params,
        prepare: ([x, ...directions]) => {
          const a = add(x, mul(eye(x.shape.at(-1)!, 'float64'), 2))
          const { values, vectors } = eigh(stopGradient(a))
          return [a, values, vectors, ...directions]
        },
      })),
  },

  expm: {
    calls: (dtype) =>
      spectra(
        dtype,
        (each, i, j) => symmetric(each, 2 * i, 3 * j) * (each % 2 === 0 ? 0.3 : 2),
        [0, 1, 1e-20, -30, 30],
      ),
    tolerance: ofNorm(100),
    smooth: squares(numbers(-1, 1)).map((x) => withoutParams([x])),
  },
} satisfies Partial<CaseTable>
