import type { DType } from '../../../dtype.ts'
import type { Shape } from '../../../shape.ts'
import type { Values } from '../../../testing/case.ts'
import { draws, filled } from '../../../testing/values.ts'

/** A dense term, or one as factors of `rank` products. */
export type Term = Values | { readonly left: Values; readonly right: Values }

export interface UpdateCase {
  readonly shape: Shape
  readonly terms: readonly Term[]
}

/** Uniform in [−2, 2). */
export const float = (dtype: DType, shape: Shape, seed: number): Values => {
  const draw = draws(seed)
  return filled(dtype, shape, () => 4 * draw() - 2)
}

/** Mixtures of terms: 0 stands for a dense one, another number for the rank of factors. */
const mixtures = [[0], [0, 0], [3], [1, 2], [0, 5], [5, 0], [0, 4, 0, 1], [300], []]

/** Whether a term is given as a matrix, not as factors. */
export const isDense = (term: Term): term is Values => 'values' in term

/** Every mixture on sizes around vectors, a few on sizes around the 4096 (reference) and 16,384 (wasm) elements of a gradient that are summed up at a time. */
export function* updateCases(dtype: DType): Iterable<UpdateCase> {
  let seed = 0
  const mixed = (shape: Shape, mixture: readonly number[]): UpdateCase => ({
    shape,
    terms: mixture.map((rank): Term => {
      seed++
      if (rank === 0) return float(dtype, shape, seed)
      return {
        left: float(dtype, [rank, shape[0]], seed),
        right: float(dtype, [rank, shape[1]], seed + 999),
      }
    }),
  })
  for (const shape of [
    [1, 1],
    [3, 5],
    [1, 17],
    [17, 1],
    [33, 40],
    [2, 0],
  ]) {
    for (const mixture of mixtures) yield mixed(shape, mixture)
  }
  yield mixed([3, 5500], [0, 2])
  yield mixed([130, 129], [4, 0])
  yield mixed([130, 129], [])
  yield mixed([2, 16385], [2])
  for (const shape of [[], [0], [5], [1000], [16385]]) {
    yield { shape, terms: [float(dtype, shape, 5)] }
    yield { shape, terms: [float(dtype, shape, 5), float(dtype, shape, 6)] }
  }
  // Factors of other widths than the parameter's, several at once: the product is reshaped.
  const factors = (m: number, n: number): Term => ({
    left: float(dtype, [2, m], m),
    right: float(dtype, [2, n], n),
  })
  yield {
    shape: [60, 77],
    terms: [factors(4620, 1), factors(77, 60), float(dtype, [60, 77], 3), factors(1, 4620)],
  }
  yield { shape: [10, 60, 61], terms: [factors(600, 61), factors(10, 3660), factors(610, 60)] }
  yield { shape: [3, 4], terms: [{ left: float(dtype, [0, 3], 1), right: float(dtype, [0, 4], 1) }] }
}
