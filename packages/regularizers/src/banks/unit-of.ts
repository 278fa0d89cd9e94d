/**
 * Two powers of two whose product brings the largest magnitude near 1: distances compare the same, and squares of
 * numbers around 1e20 in float32 or 1e155 in float64, or of 1e-30 and 1e-165, keep a place in the dtype. Two, because one may have none.
 *
 * @throws RangeError for numbers that are not finite.
 */
export function unitOf(operation: string, values: ArrayLike<number>): [number, number] {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${operation}: data: expected finite numbers, got ${values[i]} among them`)
    }
    largest = Math.max(largest, Math.abs(values[i]))
  }
  const exponent = largest === 0 ? 0 : -Math.floor(Math.log2(largest))
  const half = Math.trunc(exponent / 2)
  return [2 ** half, 2 ** (exponent - half)]
}
