import { key } from '@facet/tensor'

/** `repeats` times n errors whose logarithms are normal. */
export function logNormalErrors(seed: number, repeats: number, n: number): Float64Array[] {
  const all = Float64Array.from(key(seed).normal([repeats, n], { dtype: 'float64' }).dataSync(), Math.exp)
  return Array.from({ length: repeats }, (_, i) => all.subarray(i * n, (i + 1) * n))
}

/** `repeats` times n errors whose logarithms are logistic. */
export function logLogisticErrors(seed: number, repeats: number, n: number): Float64Array[] {
  const all = key(seed)
    .uniform([repeats, n], { dtype: 'float64', low: 1e-12, high: 1 - 1e-12 })
    .dataSync()
  return Array.from({ length: repeats }, (_, i) =>
    Float64Array.from(all.subarray(i * n, (i + 1) * n), (u) => u / (1 - u)),
  )
}
