import { add, mul, reshape, type Tensor, transpose } from '@facet/tensor'

/** `[..., n]` as rows `[P, n]`. */
export const asRows = (x: Tensor): Tensor =>
  x.rank === 2
    ? x
    : reshape(x, [x.shape.slice(0, -1).reduce((count, length) => count * length, 1), x.shape[x.rank - 1]])

/** `[..., m, n]` transposed to `[..., n, m]`. */
export function swapLastAxes(a: Tensor): Tensor {
  const order = [...a.shape.keys()]
  return transpose(a, [...order.slice(0, -2), a.rank - 1, a.rank - 2])
}

/** `factor` times the symmetric part `(A + Aᵀ) / 2` of `[..., n, n]`. */
export const symmetricPart = (a: Tensor, factor = 1): Tensor => mul(add(a, swapLastAxes(a)), factor / 2)
