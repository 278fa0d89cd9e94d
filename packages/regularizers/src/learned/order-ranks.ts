/**
 * The ranks within every column, equal values sharing their mean rank; of mean 0 and variance 1, and zeros where a column is constant. Ranks, so that
 * neither outliers nor samples of another scale pass for structure.
 *
 * @param columns [d, n], column after column
 * @returns [d, n]
 */
export function standardRanks(columns: Float64Array, d: number): Float64Array {
  const n = columns.length / d
  const ranks = new Float64Array(d * n)
  const sorted = new Int32Array(n)
  for (let p = 0; p < d; p++) {
    const values = columns.subarray(p * n, (p + 1) * n)
    for (let i = 0; i < n; i++) sorted[i] = i
    sorted.sort((a, b) => values[a] - values[b])
    let squares = 0
    for (let from = 0, to = 0; from < n; from = to) {
      while (to < n && values[sorted[to]] === values[sorted[from]]) to++
      const rank = (from + to - n) / 2
      squares += (to - from) * rank * rank
      for (let k = from; k < to; k++) ranks[p * n + sorted[k]] = rank
    }
    if (squares === 0) continue
    const factor = Math.sqrt(n / squares)
    for (let i = 0; i < n; i++) ranks[p * n + i] *= factor
  }
  return ranks
}
