import type { Tensor } from '@facet/tensor'
import { own } from '@facet/tensor/dispatch'

/**
 * A function that returns a new tensor in each call, so that each may be disposed on its own: its argument, or a view of it where that was
 * returned before or is one of `taken`. A value under an outer transform, where nothing is disposed, is returned as it is.
 */
export function distinctFrom(taken: readonly Tensor[]): (t: Tensor) => Tensor {
  const seen = new Set(taken)
  return (t) => {
    const distinct = seen.has(t) ? own('gradient', t) : t
    seen.add(distinct)
    return distinct
  }
}
