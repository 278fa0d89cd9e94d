const absolute = (x: bigint): bigint => (x < 0n ? -x : x)

/** The vector divided by the greatest common divisor of its numbers. */
export function primitive(v: readonly bigint[]): readonly bigint[] {
  let divisor = 0n
  for (const x of v) {
    let [a, b] = [absolute(x), divisor]
    while (b !== 0n) [a, b] = [b, a % b]
    divisor = a
    if (divisor === 1n) return v
  }
  return divisor === 0n ? v : v.map((x) => x / divisor)
}

export function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
