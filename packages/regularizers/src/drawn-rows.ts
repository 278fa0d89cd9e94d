import { cast, type Key, type RandomDType, type Tensor } from '@facet/tensor'

/**
 * Whole numbers in [0, bound) as int32 [count]: rows to gather. Uniforms cut off rather than `key.integers`, whose numbers pass through
 * JavaScript and would keep a training step from being replayed. A float32 tells 2²⁴ rows apart: beyond, float64 draws them.
 */
export function drawnRows(key: Key, count: number, bound: number, dtype: RandomDType): Tensor {
  return cast(key.uniform([count], { high: bound, dtype: bound > 2 ** 24 ? 'float64' : dtype }), 'int32')
}
