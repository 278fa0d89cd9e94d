/** The Euclidean length of plain numbers: right wherever it has a place, though squares have none. `Math.hypot` takes ten times as long. */
export function lengthOf(values: ArrayLike<number>): number {
  let square = 0
  for (let i = 0; i < values.length; i++) square += values[i] * values[i]
  if (square > 2 ** -900 && square < 2 ** 1000) return Math.sqrt(square)
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i])
    if (!(size <= largest)) largest = size
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest
  square = 0
  for (let i = 0; i < values.length; i++) square += (values[i] / largest) ** 2
  return largest * Math.sqrt(square)
}
