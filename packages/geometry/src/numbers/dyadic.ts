const view = new DataView(new ArrayBuffer(8))

/** The whole number m and the exponent e with x = m · 2^e; m is odd, or 0 with e = 0. */
export function dyadicOf(x: number): { readonly m: bigint; readonly e: number } {
  if (x === 0) return { m: 0n, e: 0 }
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  let m = bits & 0xfffffffffffffn
  let e = Math.max(exponent, 1) - 1075
  if (exponent > 0) m |= 0x10000000000000n
  while ((m & 1n) === 0n) {
    m >>= 1n
    e++
  }
  return { m: x < 0 ? -m : m, e }
}

/** x · 2^bits, which must be whole. */
export function wholeOf(x: number, bits: number): bigint {
  const { m, e } = dyadicOf(x)
  return m === 0n ? 0n : m << BigInt(e + bits)
}

/** The fewest bits behind the point that all of the numbers can be written with; below 0 for multiples of powers of two. */
export function bitsBehindPoint(numbers: Iterable<number>): number {
  let bits = Number.NEGATIVE_INFINITY
  for (const x of numbers) if (x !== 0) bits = Math.max(bits, -dyadicOf(x).e)
  return Number.isFinite(bits) ? bits : 0
}

export const signOf = (x: bigint): -1 | 0 | 1 => (x > 0n ? 1 : x < 0n ? -1 : 0)
const absolute = (x: bigint): bigint => (x < 0n ? -x : x)

/** The vector divided by the greatest common divisor of its numbers. */
export function primitive(v: readonly bigint[]): bigint[] {
  let divisor = 0n
  for (const x of v) {
    let [a, b] = [absolute(x), divisor]
    while (b !== 0n) [a, b] = [b, a % b]
    divisor = a
    if (divisor === 1n) return v as bigint[]
  }
  return divisor === 0n ? [...v] : v.map((x) => x / divisor)
}

export function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** m · 2^−bits as the nearest number but for two roundings; never 0 for an m that is not, unless it is below every number. */
export function numberOf(m: bigint, bits: number): number {
  const size = absolute(m)
  const length = size.toString(16).length * 4
  const cut = Math.max(0, length - 64)
  const top = Number(size >> BigInt(cut))
  const exponent = cut - bits
  const half = Math.trunc(exponent / 2)
  const value = top * 2 ** half * 2 ** (exponent - half)
  return m < 0n ? -value : value
}
