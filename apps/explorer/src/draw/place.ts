import type { Frame } from '../state/state.ts'

/** Where points of a plane lie on a picture, in CSS pixels from its upper left corner: x = x0 + unitS s, y = y0 − unitT t. */
export interface Place {
  readonly width: number
  readonly height: number
  readonly x0: number
  readonly y0: number
  /** Pixels of a step of 1. */
  readonly unitS: number
  readonly unitT: number
}

/** All of a frame in the middle of a picture, with one unit for both axes. */
export function placeOf({ s, t }: Frame, width: number, height: number): Place {
  const unit = Math.min(width / (s[1] - s[0]), height / (t[1] - t[0]))
  return {
    width,
    height,
    x0: (width - unit * (s[0] + s[1])) / 2,
    y0: (height + unit * (t[0] + t[1])) / 2,
    unitS: unit,
    unitT: unit,
  }
}

/** Shares of a picture's height above a strip and below it. */
const ABOVE = 0.55
const BELOW = 0.1

/** An interval of s along the whole width, as a strip on which t says nothing; there is room for a curve above it. */
export function stripPlaceOf({ s, t }: Frame, width: number, height: number): Place {
  const unitS = width / (s[1] - s[0])
  const unitT = ((1 - ABOVE - BELOW) * height) / (t[1] - t[0])
  return { width, height, x0: -unitS * s[0], y0: (1 - BELOW) * height + unitT * t[0], unitS, unitT }
}

export const xOf = ({ x0, unitS }: Place, s: number): number => x0 + unitS * s
export const yOf = ({ y0, unitT }: Place, t: number): number => y0 - unitT * t

/** The point of the plane at a pixel. */
export const pointAt = ({ x0, y0, unitS, unitT }: Place, x: number, y: number): [s: number, t: number] => [
  (x - x0) / unitS,
  (y0 - y) / unitT,
]

/** All that is seen of the plane. */
export function seenOf(place: Place): Frame {
  const [s0, t1] = pointAt(place, 0, 0)
  const [s1, t0] = pointAt(place, place.width, place.height)
  return { s: [s0, s1], t: [t0, t1] }
}

/** What is seen after the picture was moved by some pixels. */
export const movedBy = (place: Place, dx: number, dy: number): Frame =>
  seenOf({ ...place, x0: place.x0 + dx, y0: place.y0 + dy })

/** Smallest and largest width of what is seen. */
export type Spans = readonly [smallest: number, largest: number]

/**
 * How far it can be zoomed. Coordinates are of 24 bits: at 10⁻⁴ of the largest of them a picture of 1,000 pixels has 1.7 of their steps to a pixel.
 *
 * @param largest the largest coordinate of the data
 */
export const spansOf = (largest: number): Spans => [1e-4 * largest, 1e3 * largest]

/** What is seen where a pixel stays in its place and all else comes nearer by a factor. */
export function zoomedAt(
  place: Place,
  factor: number,
  x: number,
  y: number,
  [smallest, largest]: Spans,
): Frame {
  const span = place.width / place.unitS
  const by = span / Math.min(largest, Math.max(smallest, span / factor))
  return seenOf({
    ...place,
    x0: x + by * (place.x0 - x),
    y0: y + by * (place.y0 - y),
    unitS: by * place.unitS,
    unitT: by * place.unitT,
  })
}
