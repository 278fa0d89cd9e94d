import { cast, eigh, matmul, rows, scope, sum, type Tensor, tensor } from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'
import { rankTolerance } from '../minimum-norm.ts'
import type { Taps } from './taps.ts'

/** Numbers of shifted samples held at a time: 32 MB in float64. */
const mostNumbers = 2 ** 22

/**
 * Principal components of patches (docs/mathematics.md 6.5): of the Gram matrix `K_ij = mean S_i x · S_j x` over samples and places
 * the eigenvectors of the largest eigenvalues, `u_k = v_k / √λ_k`, so that every response `u_k ∗ x` has mean square 1. The first is an
 * average, the second a derivative.
 *
 * @param data [n, d]
 * @param count how many; fewer come where K has a smaller rank (of 1e-10 of the largest eigenvalue)
 * @returns [count, taps]
 */
export function patchPca(data: Tensor, taps: Taps, count: number): number[][] {
  const size = taps.offsets.length
  const exact = widestFloat('learnedBank')
  const gram = new Float64Array(size * size)
  const chunk = Math.max(1, Math.floor(mostNumbers / (size * taps.channels * taps.area)))
  for (let from = 0; from < data.shape[0]; from += chunk) {
    scope(() => {
      const patches = taps.shifted(cast(rows(data, from, Math.min(from + chunk, data.shape[0])), exact))
      const part = sum(matmul(patches, patches, { transposeB: true }), 0).dataSync()
      part.forEach((value, i) => {
        gram[i] += value
      })
    })
  }
  const places = data.shape[0] * taps.channels * taps.area
  const { values, vectors } = spectrumOf(
    gram.map((value) => value / places),
    size,
  )
  const largest = Math.max(0, ...values)
  const order = [...values.keys()].sort((a, b) => values[b] - values[a])
  const kept = order.filter((k) => values[k] > largest * rankTolerance(size, exact)).slice(0, count)
  return kept.map((k) => Array.from({ length: size }, (_, j) => vectors[j * size + k] / Math.sqrt(values[k])))
}

/** Eigenvalues [size] and eigenvectors, the columns of [size, size]. */
export function spectrumOf(
  matrix: Float64Array,
  size: number,
): { values: readonly number[]; vectors: ArrayLike<number> } {
  return scope(() => {
    const found = eigh(tensor(matrix, { shape: [size, size], dtype: widestFloat('learnedBank') }))
    return { values: [...found.values.dataSync()], vectors: Float64Array.from(found.vectors.dataSync()) }
  })
}
