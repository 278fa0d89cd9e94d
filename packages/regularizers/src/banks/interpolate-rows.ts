import {
  add,
  arange,
  cast,
  floor,
  gather,
  maximum,
  minimum,
  mul,
  reshape,
  sub,
  type Tensor,
} from '@facet/tensor'

/**
 * Every row of x [N, d] read at positions [N, m] in samples, linearly between neighbours; beyond the ends it keeps their
 * values. At whole positions it gives the samples themselves, to the bit.
 */
export function interpolateRows(x: Tensor, positions: Tensor): Tensor {
  const [count, length] = x.shape
  const at = minimum(maximum(positions, 0), length - 1)
  const left = floor(at)
  const starts = reshape(arange(0, count * length, length, 'int32'), [count, 1])
  const first = add(cast(left, 'int32'), starts)
  const second = minimum(add(first, 1), add(starts, length - 1))
  const flat = reshape(x, [count * length])
  const from = gather(flat, first)
  return add(from, mul(sub(at, left), sub(gather(flat, second), from)))
}
