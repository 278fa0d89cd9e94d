import type { Tensor } from '@facet/tensor'
import { own } from '@facet/tensor/dispatch'

/**
 * A function that gives each tensor out once and none of `taken`: in the place of one that somebody has, a view, so that either may be
 * disposed. A value under an outer transform, where nothing is disposed, stays itself.
 */
export function distinctFrom(taken: readonly Tensor[]): (t: Tensor) => Tensor {
  const seen = new Set(taken)
  return (t) => {
    const given = seen.has(t) ? own('gradient', t) : t
    seen.add(given)
    return given
  }
}
