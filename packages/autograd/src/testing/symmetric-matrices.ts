import { add, eigh, exp, expandDims, eye, matmul, mul, type Tensor, transpose } from '@facet/tensor'
import { f64, wave } from './close.ts'

export const diagonalOf = (...entries: number[]): Tensor => mul(eye(entries.length, 'float64'), f64(entries))

export const symmetric = (a: Tensor): Tensor => mul(add(a, transpose(a)), 0.5)

/** exp of a symmetric matrix, made of its eigenvectors. */
export const throughVectors = (a: Tensor): Tensor => {
  const { values, vectors } = eigh(a)
  return matmul(mul(vectors, expandDims(exp(values), -2)), vectors, { transposeB: true })
}

/** The same matrix in other axes, by a reflection: orthogonal and symmetric, without a 0. */
export const turned = (a: Tensor): Tensor => {
  const v = f64([[1], [2], [-0.5]])
  const q = add(eye(3, 'float64'), mul(matmul(v, v, { transposeB: true }), -2 / 5.25))
  return matmul(matmul(q, a), q)
}

/** Matrices `[3, 3]` with equal eigenvalues, nearly equal ones and ones that are far apart. */
export const symmetricPoints = (): [string, Tensor][] => [
  ['diag(2, 2, 3)', diagonalOf(2, 2, 3)],
  ['diag(2, 2, 2)', diagonalOf(2, 2, 2)],
  ['diag(2, 2 + 1e-13, 3)', diagonalOf(2, 2 + 1e-13, 3)],
  ['diag(2, 2 + 1e-5, 3)', diagonalOf(2, 2 + 1e-5, 3)],
  ['two equal, turned', turned(diagonalOf(2, 2, 3))],
  ['all apart, turned', turned(diagonalOf(0.5, 2, 7))],
  ['a matrix that is not symmetric', add(diagonalOf(2, 2, 3), mul(wave([3, 3], 2), 0.3))],
]
