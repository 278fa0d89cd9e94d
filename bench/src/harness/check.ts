/** Where a result is furthest from what it should be. */
export interface Deviation {
  /** Largest difference, relative to the largest expected number of its group. */
  readonly relative: number
  readonly message: string
}

/**
 * @param groupOf the group, from 0 on, of the number at a place; each group has a scale of its own
 * @returns `null` where every number is within `tolerance` of the expected one.
 */
export function deviation(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  groupOf: (place: number) => number = () => 0,
): Deviation | null {
  if (got.length !== expected.length) {
    return {
      relative: Number.POSITIVE_INFINITY,
      message: `expected ${expected.length} numbers, got ${got.length}`,
    }
  }
  const scales: number[] = []
  for (let i = 0; i < expected.length; i++) {
    const group = groupOf(i)
    scales[group] = Math.max(scales[group] ?? 0, Math.abs(expected[i]))
  }
  let [relative, at] = [0, -1]
  for (let i = 0; i < got.length; i++) {
    const off = Math.abs(got[i] - expected[i]) / (scales[groupOf(i)] || 1)
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
