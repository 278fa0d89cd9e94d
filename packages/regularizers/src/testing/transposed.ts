import { type Tensor, transpose } from '@facet/tensor'

/** Columns as rows and back: [P, c, d] to [P, d, c]. */
export function transposed(x: Tensor): Tensor {
  return transpose(x, [0, 2, 1])
}
