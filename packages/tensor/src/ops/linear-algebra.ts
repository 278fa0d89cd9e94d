import { dispatch } from '../dispatch.ts'
import type { Tensor } from '../tensor.ts'
import { NONE } from './elementwise.ts'
import { diagonal } from './layout.ts'
import { sum } from './reduction.ts'

/**
 * Solves `A X = B` for symmetric positive definite A, batched. A pivot ≤ ε · max diagonal is dropped and its
 * unknown is 0, so a semidefinite A gives one solution of the consistent system and never NaN.
 *
 * @param a `[..., n, n]`, only its lower triangle is read
 * @param b `[..., n, m]`
 * @returns `[..., n, m]`
 */
export const choleskySolve = (a: Tensor, b: Tensor): Tensor => dispatch('choleskySolve', [a, b], NONE)[0]

/**
 * Eigenvalues (ascending) and eigenvectors (columns) of symmetric matrices, batched. Of each vector the component of
 * largest magnitude is positive.
 *
 * @param a `[..., n, n]`; its symmetric part is taken
 * @returns `values [..., n]`, `vectors [..., n, n]`
 */
export function eigh(a: Tensor): { values: Tensor; vectors: Tensor } {
  const [values, vectors] = dispatch('eigh', [a], NONE)
  return { values, vectors }
}

/** The matrix exponential, batched (scaling and squaring with Padé 13, Higham 2005). `a [..., n, n]`. */
export const expm = (a: Tensor): Tensor => dispatch('expm', [a], NONE)[0]

/** Sum of the diagonal of the last two axes. */
export const trace = (a: Tensor): Tensor => sum(diagonal(a), -1)
