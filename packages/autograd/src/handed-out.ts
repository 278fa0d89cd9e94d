import type { Tensor } from '@facet/tensor'
import { dispatch } from '@facet/tensor/dispatch'

/**
 * A function that gives each tensor out once and none of `taken`: in the place of one that somebody has, a view, so that either may be
 * disposed. A value under an outer transform, where nothing is disposed, stays itself.
 */
export function handedOut(taken: readonly Tensor[]): (t: Tensor) => Tensor {
  const seen = new Set(taken)
  return (t) => {
    const own = seen.has(t) && t.interpreter === null ? dispatch('reshape', [t], { shape: t.shape })[0] : t
    seen.add(own)
    return own
  }
}
