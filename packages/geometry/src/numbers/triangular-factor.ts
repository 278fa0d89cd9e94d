/**
 * The columns of R, for a matrix Q R with orthonormal Q, by Householder reflections: [count, count], column after column, zeros below
 * the diagonal. The error of every column is a rounding of its own length.
 *
 * @param columns [count, length] with length ≥ count, columns one after another; overwritten
 */
export function triangularFactor(columns: Float64Array, count: number, length: number): Float64Array {
  const factor = new Float64Array(count * count)
  for (let j = 0; j < count; j++) {
    const own = j * length
    let square = 0
    for (let i = j; i < length; i++) square += columns[own + i] ** 2
    const head = columns[own + j]
    // Away from 0, so that nothing cancels.
    const diagonal = head > 0 ? -Math.sqrt(square) : Math.sqrt(square)
    for (let i = 0; i < j; i++) factor[j * count + i] = columns[own + i]
    factor[j * count + j] = diagonal
    if (square === 0) continue
    columns[own + j] = head - diagonal
    const half = square - head * diagonal
    for (let k = j + 1; k < count; k++) {
      const other = k * length
      let product = 0
      for (let i = j; i < length; i++) product += columns[own + i] * columns[other + i]
      const share = product / half
      if (share !== 0) for (let i = j; i < length; i++) columns[other + i] -= share * columns[own + i]
    }
  }
  return factor
}
