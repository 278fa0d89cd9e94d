/** m · 2^e, m odd or 0: every finite float is one, sums and products are exact. */
export interface Dyadic {
  readonly m: bigint
  readonly e: number
}

export const ZERO: Dyadic = { m: 0n, e: 0 }

const parts = new DataView(new ArrayBuffer(8))

/** A finite float as it is. */
export function dyadic(x: number): Dyadic {
  parts.setFloat64(0, x)
  const raw = parts.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  const fraction = raw & 0xfffffffffffffn
  const m = biased === 0 ? fraction : fraction | (1n << 52n)
  return normal(x < 0 ? -m : m, Math.max(biased, 1) - 1075)
}

export function plus(a: Dyadic, b: Dyadic): Dyadic {
  if (a.m === 0n) return b
  if (b.m === 0n) return a
  const e = Math.min(a.e, b.e)
  return normal((a.m << BigInt(a.e - e)) + (b.m << BigInt(b.e - e)), e)
}

export const minus = (a: Dyadic, b: Dyadic): Dyadic => plus(a, { m: -b.m, e: b.e })

export const timesDyadic = (a: Dyadic, b: Dyadic): Dyadic =>
  a.m === 0n || b.m === 0n ? ZERO : { m: a.m * b.m, e: a.e + b.e }

export const sign = ({ m }: Dyadic): number => (m > 0n ? 1 : m < 0n ? -1 : 0)

/** The exponent of the power of two at or below |x|; −Infinity of 0. */
export const size = ({ m, e }: Dyadic): number => (m === 0n ? -Infinity : bitsOf(m) - 1 + e)

/** a / b in 64 bits, then rounded to a float. */
export function quotient(a: Dyadic, b: Dyadic): number {
  if (a.m === 0n) return 0
  const shift = Math.max(0, bitsOf(b.m) - bitsOf(a.m) + 64)
  const whole = (a.m << BigInt(shift)) / b.m
  const extra = Math.max(0, bitsOf(whole) - 64)
  const exponent = a.e - b.e - shift + extra
  const half = Math.trunc(exponent / 2)
  return Number(whole >> BigInt(extra)) * 2 ** half * 2 ** (exponent - half)
}

const bitsOf = (m: bigint): number => (m < 0n ? -m : m).toString(2).length

function normal(m: bigint, e: number): Dyadic {
  if (m === 0n) return ZERO
  let [odd, exponent] = [m, e]
  const zeros = odd.toString(2).length - odd.toString(2).lastIndexOf('1') - 1
  odd >>= BigInt(zeros)
  exponent += zeros
  return { m: odd, e: exponent }
}
