import { logarithm } from '../elementary/logarithm.ts'

/** Numerator and denominator of one rational approximation, constant term first. */
export interface Rational {
  readonly over: readonly number[]
  readonly under: readonly number[]
}

export const CENTRE: Rational = {
  over: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  under: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}

export const TAIL: Rational = {
  over: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  under: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}

export const FAR_TAIL: Rational = {
  over: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  under: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

/**
 * The z with Φ(z) = p for p in (0, 1): Wichura's PPND16 (algorithm AS 241, Applied Statistics 37, 1988), relative
 * error at most 6e-16 here (3000 p in [2⁻⁵³, 1), against 40 digits). Only + − × ÷ √, so engines agree to the last bit.
 * 85 % of p need no logarithm.
 */
export function inverseNormal(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q)
  const r = Math.sqrt(-logarithm(q < 0 ? p : 1 - p))
  const z = r <= 5 ? evaluate(TAIL, r - 1.6) : evaluate(FAR_TAIL, r - 5)
  return q < 0 ? -z : z
}

function evaluate({ over, under }: Rational, x: number): number {
  let numerator = 0
  let denominator = 0
  for (let k = over.length - 1; k >= 0; k--) {
    numerator = numerator * x + over[k]
    denominator = denominator * x + under[k]
  }
  return numerator / denominator
}
