/** Where a result is furthest from what it should be. */
export interface Deviation {
  /** Largest difference, relative to the largest expected number of its column. */
  readonly relative: number
  readonly message: string
}

/**
 * @param columns numbers in a row; each column has a scale of its own
 * @returns `null` where every number is within `tolerance` of the expected one.
 */
export function deviation(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  columns = 1,
): Deviation | null {
  if (got.length !== expected.length) {
    return {
      relative: Number.POSITIVE_INFINITY,
      message: `expected ${expected.length} numbers, got ${got.length}`,
    }
  }
  const scales = Array.from({ length: columns }, () => 0)
  for (let i = 0; i < expected.length; i++) {
    scales[i % columns] = Math.max(scales[i % columns], Math.abs(expected[i]))
  }
  let [relative, at] = [0, -1]
  for (let i = 0; i < got.length; i++) {
    const off = Math.abs(got[i] - expected[i]) / (scales[i % columns] || 1)
    if (off <= relative) continue
    // Also true for NaN, which no comparison would find.
    ;[relative, at] = [Number.isNaN(off) ? Number.POSITIVE_INFINITY : off, i]
  }
  if (relative <= tolerance) return null
  const error = relative.toExponential(1)
  return {
    relative,
    message: `number ${at}: expected ${expected[at]}, got ${got[at]} (off by ${error} of the largest)`,
  }
}
