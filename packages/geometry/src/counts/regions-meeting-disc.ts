import { wholesOf } from '../exact/wholes.ts'

/** A point of a plane. */
type Point = readonly [s: number, t: number]

/** Which polygons meet a disc. */
export interface RegionsMeetingDisc {
  /** How many do. */
  readonly regions: number
  /** Their numbers, in order. */
  readonly indices: Int32Array
  /** Every polygon that was given was looked at. */
  readonly complete: true
  /** `checked`: every distance differs from the radius by more than its rounding; `exact`: some were compared in rational arithmetic. */
  readonly verified: 'checked' | 'exact'
}

/**
 * Rounding errors of a distance, in units of 2^-53 times the largest number: 2 of a difference of coordinates, as many again of an edge's direction, by which the
 * foot of the perpendicular moves along the edge, and some of the length.
 */
const ROUNDINGS = 64 * 2 ** -53

/**
 * Which regions of a plane partition a disc meets (Fig. 3, counted exactly): convex polygons whose interior has points at less than `radius` from
 * the centre, also where one lies within the other. A disc that only touches a polygon from outside does not meet it. Decided for the
 * corners as they are given, at any scale.
 *
 * @param polygons corners one after another, in either sense, of polygons with an interior
 * @param radius in the units of (s, t): where the plane's u and v are not orthonormal, the disc is an ellipse in the space of inputs.
 * @throws RangeError for a radius below 0, fewer than three corners, or a number that is not finite.
 * @example
 * import { regionsMeetingDisc } from '@facet/geometry'
 * const left = [[-1, -1], [0, -1], [0, 1], [-1, 1]]
 * const right = [[0, -1], [1, -1], [1, 1], [0, 1]]
 * regionsMeetingDisc([left, right], [0.5, 0], 0.75).regions // 2
 * regionsMeetingDisc([left, right], [0.5, 0], 0.5).regions // 1: it touches the left one
 */
export function regionsMeetingDisc(
  polygons: Iterable<readonly Point[]>,
  centre: Point,
  radius: number,
): RegionsMeetingDisc {
  if (!(radius >= 0 && radius < Infinity))
    throw new RangeError(`regionsMeetingDisc: radius: expected a finite number of at least 0, got ${radius}`)
  if (!centre.every(Number.isFinite))
    throw new RangeError(`regionsMeetingDisc: centre: expected finite numbers, got [${centre.join(', ')}]`)
  const indices: number[] = []
  let verified: RegionsMeetingDisc['verified'] = 'checked'
  let index = 0
  for (const corners of polygons) {
    const { distance, error } = distanceTo(corners, centre, index)
    // Not "at most": a difference of infinities is no number.
    const isClear = Math.abs(distance - radius) > error + ROUNDINGS * radius
    if (!isClear && radius > 0) verified = 'exact'
    if (isClear ? distance < radius : radius > 0 && isNearer(corners, centre, radius)) indices.push(index)
    index++
  }
  return { regions: indices.length, indices: Int32Array.from(indices), complete: true, verified }
}

/** How far a point is from a convex polygon, 0 within, and how far that may be off. */
function distanceTo(
  corners: readonly Point[],
  [s, t]: Point,
  index: number,
): { distance: number; error: number } {
  if (corners.length < 3)
    throw new RangeError(
      `regionsMeetingDisc: expected at least 3 corners, got ${corners.length} of polygon ${index}`,
    )
  let largest = Math.max(Math.abs(s), Math.abs(t))
  for (const [a, b] of corners) {
    if (!(Number.isFinite(a) && Number.isFinite(b)))
      throw new RangeError(
        `regionsMeetingDisc: expected finite corners, got [${a}, ${b}] of polygon ${index}`,
      )
    largest = Math.max(largest, Math.abs(a), Math.abs(b))
  }
  const unit = unitOf(largest)
  let distance = Infinity
  let [isLeft, isRight] = [true, true]
  for (let i = 0; i < corners.length; i++) {
    const [[a, b], [c, d]] = [corners[i], corners[i + 1 === corners.length ? 0 : i + 1]]
    const [p, q] = [a / unit - s / unit, b / unit - t / unit]
    const [u, v] = [c / unit - a / unit, d / unit - b / unit]
    const cross = u * q - v * p
    if (cross > 0) isLeft = false
    if (cross < 0) isRight = false
    const square = u * u + v * v
    const share = square > 0 ? Math.min(1, Math.max(0, -(p * u + q * v) / square)) : 0
    const [along, across] = [p + share * u, q + share * v]
    distance = Math.min(distance, along * along + across * across)
  }
  const isWithin = isLeft !== isRight
  return { distance: isWithin ? 0 : Math.sqrt(distance) * unit, error: 2 * ROUNDINGS * largest }
}

/** A power of two of about that size where squares would have no place, else 1. */
function unitOf(size: number): number {
  if (size === 0 || (size > 2 ** -300 && size < 2 ** 300)) return 1
  return 2 ** Math.max(-1022, Math.floor(Math.log2(size)))
}

/** The same in whole numbers: whether the polygon has a point at less than the radius. */
function isNearer(corners: readonly Point[], centre: Point, radius: number): boolean {
  const { whole } = wholesOf([...centre, radius, ...corners.flat()])
  const [s, t, r] = whole
  const points = corners.map((_, i): readonly [bigint, bigint] => [
    whole[3 + 2 * i] - s,
    whole[4 + 2 * i] - t,
  ])
  const square = r * r
  let [isLeft, isRight] = [true, true]
  for (let i = 0; i < points.length; i++) {
    const [p, q] = points[i]
    const [c, d] = points[(i + 1) % points.length]
    const cross = p * d - q * c
    if (cross < 0n) isLeft = false
    if (cross > 0n) isRight = false
    const [u, v] = [c - p, d - q]
    const length = u * u + v * v
    const along = -(p * u + q * v)
    if (p * p + q * q < square) return true
    if (along > 0n && along < length && cross * cross < square * length) return true
  }
  return isLeft || isRight
}
