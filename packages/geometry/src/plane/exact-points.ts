import { quotient, signOf, wholesOf } from '../exact/wholes.ts'

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

/** A point of floats, which are whole numbers times a power of two. */
export function exactPoint(s: number, t: number): ExactPoint {
  const { whole, exponent } = wholesOf([s, t])
  const [up, down] = [1n << BigInt(Math.max(0, exponent)), 1n << BigInt(Math.max(0, -exponent))]
  return [whole[0] * up, whole[1] * up, down]
}

const cross = (a: ExactPoint, b: ExactPoint): bigint => a[0] * b[1] - a[1] * b[0]
