import type { Kernel } from '../../backend.ts'
import type { DType, TypedArray } from '../../dtype.ts'

/** Truncates towards integers (out of range wraps as JavaScript's `| 0` does); bool is `x ≠ 0`. */
export const cast: Kernel<TypedArray, { dtype: DType }> = ([x], [y], { dtype }) => {
  const a = x.buffer
  const out = y.buffer
  if (dtype === 'bool') for (let i = 0; i < out.length; i++) out[i] = a[i] !== 0 ? 1 : 0
  else for (let i = 0; i < out.length; i++) out[i] = a[i]
}
