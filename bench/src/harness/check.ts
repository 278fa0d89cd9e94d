/** Where a result is furthest from what it should be. */
export interface Deviation {
  /** Largest difference, relative to the largest expected number. */
  readonly relative: number
  readonly message: string
}

/** @returns `null` where every number is within `tolerance` of the expected one. */
export function deviation(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): Deviation | null {
  if (got.length !== expected.length) {
    return {
      relative: Number.POSITIVE_INFINITY,
      message: `expected ${expected.length} numbers, got ${got.length}`,
    }
  }
  let [largest, scale, at] = [0, 0, -1]
  for (let i = 0; i < got.length; i++) {
    const off = Math.abs(got[i] - expected[i])
    scale = Math.max(scale, Math.abs(expected[i]))
    if (off <= largest) continue
    // Also true for NaN, which no comparison would find.
    ;[largest, at] = [Number.isNaN(off) ? Number.POSITIVE_INFINITY : off, i]
  }
  const relative = scale === 0 ? largest : largest / scale
  if (relative <= tolerance) return null
  const error = relative.toExponential(1)
  return {
    relative,
    message: `number ${at}: expected ${expected[at]}, got ${got[at]} (off by ${error} of the largest)`,
  }
}
