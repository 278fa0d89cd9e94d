/** Powers of ten that are exact in float64. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))

const [PLUS, MINUS, POINT, ZERO, UPPER_E, LOWER_E] = [43, 45, 46, 48, 69, 101]

/**
 * A decimal number, `-12.5e-3`, in ASCII bytes: the nearest float64, as `Number` would give it. NaN for anything else:
 * words, blanks, hexadecimal, `inf`; infinity for what overflows.
 *
 * A significand up to 2⁵³ and a power of ten up to 22 are exact, and so one division or product rounds once (Clinger, *How
 * to read floating point numbers accurately*, 1990); other numbers take the way over a string.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  const negative = bytes[at] === MINUS
  if (negative || bytes[at] === PLUS) at++
  let significand = 0
  const digitsFrom = at
  for (; at < to && isDigit(bytes[at]); at++) significand = significand * 10 + bytes[at] - ZERO
  let digits = at - digitsFrom
  let power = 0
  if (at < to && bytes[at] === POINT) {
    const fractionFrom = ++at
    for (; at < to && isDigit(bytes[at]); at++) significand = significand * 10 + bytes[at] - ZERO
    power = fractionFrom - at
    digits += at - fractionFrom
  }
  if (digits === 0) return Number.NaN
  if (at < to && (bytes[at] === LOWER_E || bytes[at] === UPPER_E)) {
    at++
    const down = at < to && bytes[at] === MINUS
    if (down || (at < to && bytes[at] === PLUS)) at++
    if (at === to) return Number.NaN
    let exponent = 0
    for (; at < to && isDigit(bytes[at]); at++) exponent = exponent * 10 + bytes[at] - ZERO
    power += down ? -exponent : exponent
  }
  if (at !== to) return Number.NaN
  if (!(significand <= Number.MAX_SAFE_INTEGER && Math.abs(power) < POWERS.length)) {
    return Number(new TextDecoder('latin1').decode(bytes.subarray(from, to)))
  }
  const size = power < 0 ? significand / POWERS[-power] : significand * POWERS[power]
  return negative ? -size : size
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 57
