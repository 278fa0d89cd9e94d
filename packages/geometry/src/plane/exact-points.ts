/** A point of the plane without rounding: s = S / W, t = T / W, W ≠ 0. */
export type ExactPoint = readonly [S: bigint, T: bigint, W: bigint]

/** The exact coordinates of a vertex. */
export type ExactVertex = (vertex: number) => ExactPoint

/** 1 where one turns left at b on the way from a to c, −1 where right, 0 where the three lie on one line. */
export function exactTurn(a: ExactPoint, b: ExactPoint, c: ExactPoint): number {
  const determinant = cross(a, b) * c[2] + cross(b, c) * a[2] + cross(c, a) * b[2]
  return signOf(determinant) * signOf(a[2]) * signOf(b[2]) * signOf(c[2])
}

/** The area of a polygon, positive where it is walked with its inside on the left. */
export function exactArea(points: readonly ExactPoint[]): number {
  let [numerator, denominator] = [0n, 1n]
  for (const [i, a] of points.entries()) {
    const b = points[(i + 1) % points.length]
    const weight = a[2] * b[2]
    numerator = numerator * weight + cross(a, b) * denominator
    denominator *= weight
  }
  return quotient(numerator, 2n * denominator)
}

export function exactDistance(a: ExactPoint, b: ExactPoint): number {
  const along = (k: 0 | 1) => quotient(a[k] * b[2] - b[k] * a[2], a[2] * b[2])
  return Math.hypot(along(0), along(1))
}

/** A point of floats: they are dyadic rationals. */
export function exactPoint(s: number, t: number): ExactPoint {
  const parts = [dyadic(s), dyadic(t)]
  const exponent = Math.min(0, ...parts.map(({ e }) => e))
  const [S, T] = parts.map(({ m, e }) => m << BigInt(e - exponent))
  return [S, T, 1n << BigInt(-exponent)]
}

const cross = (a: ExactPoint, b: ExactPoint): bigint => a[0] * b[1] - a[1] * b[0]

const signOf = (x: bigint): number => (x > 0n ? 1 : x < 0n ? -1 : 0)

/** n / d, off by 2⁻⁶⁰ of itself before it is rounded to a float. */
export function quotient(n: bigint, d: bigint): number {
  if (n === 0n) return 0
  const shift = bitsOf(d) - bitsOf(n) + 64
  const whole = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift))
  // In two steps: 2 ** -shift alone may be too large or too small for a float.
  const half = Math.trunc(-shift / 2)
  return Number(whole) * 2 ** half * 2 ** (-shift - half)
}

const bitsOf = (x: bigint): number => (x < 0n ? -x : x).toString(16).length * 4

const parts = new DataView(new ArrayBuffer(8))

/** m · 2^e */
function dyadic(x: number): { m: bigint; e: number } {
  parts.setFloat64(0, x)
  const raw = parts.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  const fraction = raw & 0xfffffffffffffn
  const m = biased === 0 ? fraction : fraction | (1n << 52n)
  return { m: x < 0 ? -m : m, e: Math.max(biased, 1) - 1075 }
}
