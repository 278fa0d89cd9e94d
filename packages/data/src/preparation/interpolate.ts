import type { Numbers } from './numbers.ts'

/**
 * Fills what is missing between two values on a straight line, and at the ends with the nearest value, in place.
 *
 * @param from place of the first number; `stride` from one to the next
 * @param times when each number was, ascending; default one after another
 * @returns how many were filled: none where all are missing
 */
export function interpolate(
  values: Numbers,
  from: number,
  count: number,
  stride = 1,
  times: ArrayLike<number> | null = null,
): number {
  let filled = 0
  let left = -1 // the last number that is there
  for (let k = 0; k <= count; k++) {
    const ends = k === count
    if (!ends && Number.isNaN(values[from + k * stride])) continue
    const missing = k - left - 1
    if (missing > 0 && !(ends && left < 0)) {
      const right = ends ? values[from + left * stride] : values[from + k * stride]
      const start = left < 0 ? right : values[from + left * stride]
      // At the ends there is one neighbour, and at one time no order but that of the rows.
      const at = ends || left < 0 || times?.[left] === times?.[k] ? null : times
      const [begin, span] = at === null ? [left, k - left] : [at[left], at[k] - at[left]]
      for (let m = left + 1; m < k; m++) {
        // Of equal neighbours their value, to the last digit: a flat series stays flat.
        values[from + m * stride] = start + (right - start) * (((at === null ? m : at[m]) - begin) / span)
      }
      filled += missing
    }
    left = k
  }
  return filled
}
