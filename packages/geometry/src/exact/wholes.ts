/** Floats as whole numbers times one power of two: number i is `whole[i] · 2^exponent`, exactly. */
export interface Wholes {
  readonly whole: readonly bigint[]
  readonly exponent: number
}

/** The two halves of a float, the upper one at HIGH. */
const float = new Float64Array([-2])
const halves = new Uint32Array(float.buffer)
const HIGH = halves[1] === 0 ? 0 : 1

/** The exponent of the last binary digit that a float of this size may have, of its upper half. */
const lastDigitOf = (high: number): number => Math.max((high >>> 20) & 0x7ff, 1) - 1075

const zerosBehind = (x: number): number => 31 - Math.clz32(x & -x)

/** The exponent of the least bit that is set in any of the numbers; 0 if all are 0. @param values finite */
export function exponentOf(values: ArrayLike<number>): number {
  let least = Infinity
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue
    float[0] = values[i]
    const [high, low] = [halves[HIGH], halves[1 - HIGH]]
    const digit = lastDigitOf(high)
    // Digits in front of the last one do not make it less.
    if (digit >= least) continue
    const zeros =
      low !== 0 ? zerosBehind(low) : 32 + ((high & 0xfffff) !== 0 ? zerosBehind(high & 0xfffff) : 20)
    least = Math.min(least, digit + zeros)
  }
  return least === Infinity ? 0 : least
}

/** x / 2^exponent, which must be a whole number. A product with a power of two rounds nothing where it has a place, and BigInt takes whole floats of any size. @param x finite */
export function inUnits(x: number, exponent: number): bigint {
  if (x === 0) return 0n
  if (exponent >= -1000) {
    const product = x * 2 ** -exponent
    if (Math.abs(product) < 2 ** 1020) return BigInt(product)
  }
  float[0] = x
  const digit = lastDigitOf(halves[HIGH])
  return shifted(BigInt(timesPower(x, -digit)), digit - exponent)
}

/** Whole numbers of floats, each made when it is first asked for: a matrix of 64 × 64 takes 0.5 ms, a row of it 0.01. */
export class LazyWholes {
  readonly exponent: number
  readonly #floats: Float64Array
  readonly #whole: (bigint | undefined)[]

  /** @param floats finite; they must stay as they are */
  constructor(floats: Float64Array) {
    this.#floats = floats
    this.#whole = new Array(floats.length)
    this.exponent = exponentOf(floats)
  }

  at(i: number): bigint {
    this.#whole[i] ??= inUnits(this.#floats[i], this.exponent)
    return this.#whole[i]
  }
}

/** @param values finite floats */
export function wholesOf(values: ArrayLike<number>): Wholes {
  const exponent = exponentOf(values)
  const whole = new Array<bigint>(values.length)
  for (let i = 0; i < values.length; i++) whole[i] = inUnits(values[i], exponent)
  return { whole, exponent }
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
