/**
 * Shares of the numbers of windows, added up over time for each column.
 *
 * @param shares `[n, span · columns]`, sample after sample of each window, as {@link explain} gives them
 * @param n windows
 * @param span samples of a window
 * @param columns of a sample
 * @returns `[n, columns]`
 * @throws RangeError for another number of shares.
 * @example
 * sharesByColumn([0.1, 0.4, 0.2, 0.3], 1, 2, 2) // [0.3, 0.7]: two samples of two columns
 */
export function sharesByColumn(
  shares: ArrayLike<number>,
  n: number,
  span: number,
  columns: number,
): Float64Array {
  if (shares.length !== n * span * columns) {
    throw new RangeError(
      `sharesByColumn: shares: expected ${n} · ${span} · ${columns} numbers, got ${shares.length}`,
    )
  }
  const sums = new Float64Array(n * columns)
  for (let i = 0; i < shares.length; i++) {
    sums[Math.floor(i / (span * columns)) * columns + (i % columns)] += shares[i]
  }
  return sums
}
