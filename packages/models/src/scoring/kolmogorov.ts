/** The largest distance between the distribution functions of two ascending samples. NaN where one is empty. */
export function distanceOf(a: Float64Array, b: Float64Array): number {
  let [i, j, largest] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j])
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length))
  }
  return a.length === 0 || b.length === 0 ? Number.NaN : largest
}

/** Below it the first series needs many terms, and the other one. */
const middle = 1.18

/** The limit of P(√(n m / (n + m)) · distance > x) for many rows of one continuous law: Kolmogorov's distribution, to rounding. */
export function kolmogorovTail(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  // 1 − P is below 1e-300.
  if (x < 0.04) return 1
  let sum = 0
  if (x < middle) {
    for (let k = 1; k <= 7; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x))
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum
  }
  for (let k = 1; k <= 5; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * x) ** 2)
  return sum
}
