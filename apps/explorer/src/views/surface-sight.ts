/** How points of space lie on a picture: without perspective, in CSS pixels, y down. */
export interface Sight {
  readonly width: number
  readonly height: number
  /** Pixels of a step of 1. */
  readonly unit: number
  /** The point in the middle of the picture. */
  readonly centre: Vector
  /** To the right, up, and towards whoever looks: orthonormal. */
  readonly right: Vector
  readonly up: Vector
  readonly toward: Vector
}

export type Vector = readonly [number, number, number]

/** A box around points. */
export interface Extent {
  readonly centre: Vector
  /** Half of the sides. */
  readonly half: Vector
}

/** The box of points x, y, z. */
export function extentOf(points: Float32Array): Extent {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < points.length; i++) {
    low[i % 3] = Math.min(low[i % 3], points[i])
    high[i % 3] = Math.max(high[i % 3], points[i])
  }
  const of = (f: (axis: number) => number): Vector => [f(0), f(1), f(2)]
  return { centre: of((k) => (low[k] + high[k]) / 2), half: of((k) => (high[k] - low[k]) / 2) }
}

/** From where it is looked at, in degrees. */
export interface Turn {
  readonly azimuth: number
  readonly elevation: number
}

/** Share of the picture that the samples take, so that there is room around them for what the decoder makes of nearby codes. */
const FILLED = 0.72

const DEGREE = Math.PI / 180

const flatAxes = { right: [1, 0, 0], up: [0, 1, 0], toward: [0, 0, 1] } as const

function turnedAxes({ azimuth, elevation }: Turn): Pick<Sight, 'right' | 'up' | 'toward'> {
  const [ca, sa] = [Math.cos(azimuth * DEGREE), Math.sin(azimuth * DEGREE)]
  const [ce, se] = [Math.cos(elevation * DEGREE), Math.sin(elevation * DEGREE)]
  return { right: [-sa, ca, 0], up: [-se * ca, -se * sa, ce], toward: [ce * ca, ce * sa, se] }
}

/** Where points lie when the box of the samples is seen as a whole, `zoom` times as near. @param turn `null` for what lies in the plane of x and y */
export function sightOf(
  { centre, half }: Extent,
  turn: Turn | null,
  zoom: number,
  width: number,
  height: number,
): Sight {
  const axes = turn === null ? flatAxes : turnedAxes(turn)
  // Turned it has the room of the ball around the box, so that turning does not zoom.
  const radius = Math.max(1e-9, Math.hypot(...half))
  const unit =
    turn === null
      ? Math.min(width / Math.max(half[0], radius * 1e-6), height / Math.max(half[1], radius * 1e-6)) / 2
      : Math.min(width, height) / (2 * radius)
  return { width, height, unit: unit * FILLED * zoom, centre, ...axes }
}

/** Pixels right and down of points x, y, z, and how near they are, in pixels: [x, y, near] of each, into an array of as many numbers. */
export function place(
  { width, height, unit, centre, right, up, toward }: Sight,
  points: Float32Array,
  to: Float32Array,
): void {
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i] - centre[0], points[i + 1] - centre[1], points[i + 2] - centre[2]]
    to[i] = width / 2 + unit * (right[0] * x + right[1] * y + right[2] * z)
    to[i + 1] = height / 2 - unit * (up[0] * x + up[1] * y + up[2] * z)
    to[i + 2] = unit * (toward[0] * x + toward[1] * y + toward[2] * z)
  }
}

/** {@link place} into an array that is used again while it is large enough. */
export function placedIn(
  room: Float32Array<ArrayBuffer>,
  points: Float32Array,
  sight: Sight,
): Float32Array<ArrayBuffer> {
  const to = room.length >= points.length ? room : new Float32Array(2 * points.length)
  place(sight, points, to)
  return to
}

/** Degrees of a drag by a pixel. */
const PER_PIXEL = 0.5

/** Azimuth from −180 on and below 180, elevation no farther than straight from above or below; in tenths, which is what an address keeps. */
export function turnedBy({ azimuth, elevation }: Turn, right: number, up: number): Turn {
  const tenths = (value: number) => Math.round(10 * value) / 10
  const around = azimuth + right
  return {
    azimuth: tenths(around - 360 * Math.floor((around + 180) / 360)),
    elevation: tenths(Math.max(-90, Math.min(90, elevation + up))),
  }
}

/** What a drag by pixels does: the surface follows the pointer. */
export const draggedBy = (turn: Turn, dx: number, dy: number): Turn =>
  turnedBy(turn, -PER_PIXEL * dx, PER_PIXEL * dy)
