import {
  div,
  greater,
  machineEpsilon,
  matmul,
  mul,
  norm,
  reshape,
  rows,
  sub,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'
import { scaled } from '../numbers/scaled.ts'

/** The fields G_k x made orthonormal at every x: h tensors [N, d], rows of zeros where a field adds no direction. */
export const orthonormalFields = (generators: Tensor, x: Tensor): Tensor[] =>
  orthonormalRows(fieldsOf(generators, x))

/** The fields G_k x, h tensors [N, d]. */
export function fieldsOf(generators: Tensor, x: Tensor): Tensor[] {
  const [h, d] = generators.shape
  return Array.from({ length: h }, (_, k) =>
    matmul(x, reshape(rows(generators, k, k + 1), [d, d]), { transposeB: true }),
  )
}

/** Vectors made orthonormal row by row: tensors [N, w], rows of zeros where a vector adds no direction. */
export function orthonormalRows(vectors: readonly Tensor[]): Tensor[] {
  const basis: Tensor[] = []
  for (const vector of vectors) {
    const threshold = Math.sqrt(Math.max(1e-10, 10 * vectors.length * machineEpsilon(vector.dtype)))
    const field = scaled(vector, 1).value
    // Once more, because the first subtraction leaves rounding errors as large as what was subtracted.
    const rest = withoutSpan(basis, withoutSpan(basis, field))
    const length = norm(rest, 1, true)
    const isNew = greater(length, mul(norm(field, 1, true), threshold))
    basis.push(where(isNew, div(rest, length), 0))
  }
  return basis
}

/** G x of every row, divided by a power of two of its size. */
export const fieldOf = (generator: Tensor, x: Tensor): Tensor =>
  scaled(matmul(x, generator, { transposeB: true }), 1).value

function withoutSpan(basis: readonly Tensor[], field: Tensor): Tensor {
  return basis.reduce((rest, q) => sub(rest, mul(q, dotRows(q, rest))), field)
}

/** Row by row: [N, 1]. */
export function dotRows(a: Tensor, b: Tensor): Tensor {
  return sum(mul(a, b), 1, true)
}
