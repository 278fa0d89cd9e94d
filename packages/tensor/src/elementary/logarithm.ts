/** ln 2 in two parts; the first ends in 32 zero bits, so its product with an exponent is exact. */
export const LN2_HIGH = 0.6931471803691238
export const LN2_LOW = 1.9082149292705877e-10

/** `2 / (2k + 1)`, k = 1 … 11. With |s| ≤ 0.1716 the first term left out is below 1e-19 of the sum. */
export const ATANH = Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 3))

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
/** Where the sign and exponent are in this machine's byte order. */
const HIGH = words[1] === 0 ? 0 : 1

/**
 * Natural logarithm of a positive normal number from + − × ÷ and its bits alone: the same on every engine, which
 * `Math.log` is not. Relative error below 1e-15. With x = 2ᵉ m, m in (√½, √2]: `e ln 2 + 2 atanh((m − 1)/(m + 1))`.
 */
export function logarithm(x: number): number {
  double[0] = x
  const high = words[HIGH]
  let exponent = (high >>> 20) - 1023
  words[HIGH] = (high & 0xfffff) | 0x3ff00000
  let mantissa = double[0]
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const z = s * s
  let series = 0
  for (let k = ATANH.length - 1; k >= 0; k--) series = z * (ATANH[k] + series)
  return exponent * LN2_HIGH + (2 * s + (s * series + exponent * LN2_LOW))
}
