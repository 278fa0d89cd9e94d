/**
 * Squared Euclidean distances between columns, in float64: the sum of those of disjoint rows is that of all rows. Differences, not
 * products: columns of smooth series differ by little.
 *
 * @param columns [d, n], column after column
 * @returns [d, d], symmetric, zeros on the diagonal
 */
export function squaredColumnDistances(columns: Float64Array, d: number): Float64Array {
  const n = columns.length / d
  const squared = new Float64Array(d * d)
  for (let p = 0; p < d; p++) {
    for (let q = 0; q < p; q++) {
      let total = 0
      for (let i = 0; i < n; i++) {
        const difference = columns[p * n + i] - columns[q * n + i]
        total += difference * difference
      }
      squared[p * d + q] = total
      squared[q * d + p] = total
    }
  }
  return squared
}
