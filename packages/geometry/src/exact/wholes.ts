/** Floats as whole numbers times one power of two: number i is `whole[i] · 2^exponent`, exactly. */
export interface Wholes {
  readonly whole: readonly bigint[]
  readonly exponent: number
}

const parts = new DataView(new ArrayBuffer(8))

/** A finite float as m · 2^e, exactly; 0 is 0 · 2^0. */
function partsOf(x: number): { m: bigint; e: number } {
  if (x === 0) return { m: 0n, e: 0 }
  parts.setFloat64(0, x)
  const high = parts.getUint32(0)
  const biased = (high >>> 20) & 0x7ff
  const fraction = parts.getBigUint64(0) & 0xfffffffffffffn
  const m = biased === 0 ? fraction : fraction | 0x10000000000000n
  return { m: x < 0 ? -m : m, e: Math.max(biased, 1) - 1075 }
}

/** @param values finite floats */
export function wholesOf(values: ArrayLike<number>): Wholes {
  const all = Array.from(values, partsOf)
  let least = Infinity
  let most = -Infinity
  for (const { m, e } of all)
    if (m !== 0n) {
      least = Math.min(least, e)
      most = Math.max(most, e)
    }
  if (least === Infinity) return { whole: all.map(() => 0n), exponent: 0 }
  const whole = all.map(({ m, e }) => (m === 0n ? 0n : m << BigInt(e - least)))
  const zeros = trailingZeros(whole)
  if (zeros === 0) return { whole, exponent: least }
  return { whole: whole.map((x) => x >> BigInt(zeros)), exponent: least + zeros }
}

/** How often all of the numbers can be divided by two, 0 if all are 0. */
export function trailingZeros(numbers: readonly bigint[]): number {
  let any = 0n
  for (const x of numbers) any |= x
  if (any === 0n) return 0
  let count = 0
  for (; (any & 0xffffffffn) === 0n; any >>= 32n) count += 32
  const low = Number(any & 0xffffffffn)
  return count + 31 - Math.clz32(low & -low)
}

/** `x · 2^shift`, which must be a whole number. */
export const shifted = (x: bigint, shift: number): bigint =>
  shift >= 0 ? x << BigInt(shift) : x >> BigInt(-shift)

export const signOf = (x: bigint): -1 | 0 | 1 => (x > 0n ? 1 : x < 0n ? -1 : 0)

/** How many binary digits |x| has. */
export function bitsOf(x: bigint): number {
  const text = (x < 0n ? -x : x).toString(16)
  return x === 0n ? 0 : 4 * (text.length - 1) + 32 - Math.clz32(Number.parseInt(text[0], 16))
}

/** `numerator / denominator · 2^exponent` as a float: off by at most 2^-52 of itself where that is no subnormal number. */
export function quotient(numerator: bigint, denominator: bigint, exponent = 0): number {
  if (numerator === 0n) return 0
  const shift = 64 - (bitsOf(numerator) - bitsOf(denominator))
  const digits =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift))
  return timesPower(Number(digits), exponent - shift)
}

/** `x · 2^exponent` in steps that have a place as long as the product has one. */
function timesPower(x: number, exponent: number): number {
  let product = x
  let left = exponent
  for (; left > 1000; left -= 1000) product *= 2 ** 1000
  for (; left < -1000; left += 1000) product *= 2 ** -1000
  return product * 2 ** left
}
