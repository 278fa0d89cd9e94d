/** Floats as whole numbers times one power of two: number i is `whole[i] · 2^exponent`, exactly. */
export interface Wholes {
  readonly whole: readonly bigint[]
  readonly exponent: number
}

/** The exponent of the last binary digit that a float of this size may have. */
function lastDigitOf(high: number): number {
  return Math.max((high >>> 20) & 0x7ff, 1) - 1075
}

/** Whole numbers of floats, each made when it is first asked for: a matrix of 64 × 64 takes 0.5 ms, a row of it 0.01. */
export class LazyWholes {
  readonly exponent: number
  readonly #floats: Float64Array
  readonly #words: Int32Array
  readonly #whole: (bigint | undefined)[]

  /** @param floats finite */
  constructor(floats: Float64Array) {
    this.#floats = floats.slice()
    this.#words = new Int32Array(this.#floats.buffer)
    this.#whole = new Array(floats.length)
    this.exponent = leastDigit(this.#floats, this.#words) ?? 0
  }

  at(i: number): bigint {
    let whole = this.#whole[i]
    if (whole === undefined) {
      whole = timesPowerExactly(this.#floats[i], -this.exponent, lastDigitOf(this.#words[2 * i + HIGH]))
      this.#whole[i] = whole
    }
    return whole
  }
}

/** The least exponent of a last binary digit of numbers that are not 0. */
function leastDigit(floats: Float64Array, words: Int32Array): number | null {
  let least = Infinity
  for (let i = 0; i < floats.length; i++)
    if (floats[i] !== 0) least = Math.min(least, lastDigitOf(words[2 * i + HIGH]))
  return least === Infinity ? null : least
}

/** @param values finite floats */
export function wholesOf(values: ArrayLike<number>): Wholes {
  const floats = Float64Array.from(values)
  const words = new Int32Array(floats.buffer)
  const least = leastDigit(floats, words)
  if (least === null) return { whole: Array.from(floats, () => 0n), exponent: 0 }
  const whole = new Array<bigint>(floats.length)
  for (let i = 0; i < floats.length; i++)
    whole[i] = timesPowerExactly(floats[i], -least, lastDigitOf(words[2 * i + HIGH]))
  const zeros = trailingZeros(whole)
  if (zeros === 0) return { whole, exponent: least }
  return { whole: whole.map((x) => x >> BigInt(zeros)), exponent: least + zeros }
}

/** Where the upper half of a float stands on this machine. */
const HIGH = new Uint8Array(new Float64Array([-2]).buffer)[7] === 0xc0 ? 1 : 0

/** `x · 2^power`, a whole number, of a float with the exponent `digit`. A product with a power of two rounds nothing where it has a place, and BigInt takes whole floats of any size. */
function timesPowerExactly(x: number, power: number, digit: number): bigint {
  if (power <= 1000) {
    const product = x * 2 ** power
    if (Math.abs(product) < 2 ** 1020) return BigInt(product)
  }
  return BigInt(timesPower(x, -digit)) << BigInt(power + digit)
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
