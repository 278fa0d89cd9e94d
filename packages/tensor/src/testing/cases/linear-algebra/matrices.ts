import fc, { type Arbitrary } from 'fast-check'
import type { DType } from '../../../dtype.ts'
import type { Shape } from '../../../shape.ts'
import type { Tensor } from '../../../tensor.ts'
import type { Values } from '../../case.ts'
import { length, shape, tensorOf } from '../../draw.ts'
import { filled } from '../../values.ts'

export const orders = [3, 0, 1, 2, 4, 5, 8, 10, 17, 33]
export const leads: readonly Shape[] = [[], [3], [2, 2], [0]]

/** An entry by the index of its matrix, its row and its column. */
export type Entry = (each: number, i: number, j: number) => number

export const matrices = (dtype: DType, lead: Shape, n: number, entry: Entry): Values =>
  filled(dtype, [...lead, n, n], (at) => entry(Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n))

/** One matrix. */
export const matrix = (dtype: DType, n: number, entry: (i: number, j: number) => number): Values =>
  matrices(dtype, [], n, (_, i, j) => entry(i, j))

/** Batches of matrices of every order, by an entry that may depend on the order. */
export function* matricesOfEveryOrder(dtype: DType, entryOf: (n: number) => Entry): Iterable<Values> {
  for (const n of orders) for (const lead of leads) yield matrices(dtype, lead, n, entryOf(n))
}

/** Symmetric, entries of about 1. */
export const symmetric: Entry = (each, i, j) => Math.cos(each + 3 * Math.max(i, j) + 1.7 * Math.min(i, j))

/** Float64 matrices of independent entries. */
export const squares = (entry: Arbitrary<number>): Arbitrary<Tensor> =>
  fc.tuple(shape(0, 1), length).chain(([lead, n]) => tensorOf([...lead, n, n], entry))
