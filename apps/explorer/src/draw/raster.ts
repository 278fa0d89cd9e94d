/** Pixels row by row, four bytes each: red first, as image data have them (all machines that browsers run on put the lowest byte first). */
export interface Raster {
  readonly pixels: Uint32Array
  readonly width: number
  readonly height: number
}

/** A pixel that lets nothing through. */
export const opaque = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0

/** Where a polygon begins and ends in each row, as {@link rowsOf} found it last: pixels from `lefts` to `rights` have their middles in it. */
export let lefts = new Float64Array(0)
export let rights = new Float64Array(0)

/**
 * The rows of pixels whose middles a convex polygon meets: its ends in each are in {@link lefts} and {@link rights} until the next call.
 *
 * @param points x, y of each, and what else `stride` leaves room for, in pixels
 * @param from its first point @param to behind its last
 * @returns the first row and the one behind the last
 */
export function rowsOf(
  points: Float32Array,
  stride: number,
  from: number,
  to: number,
  height: number,
): [number, number] {
  if (lefts.length < height) {
    lefts = new Float64Array(height)
    rights = new Float64Array(height)
  }
  let [low, high] = [height, 0]
  let x1 = points[stride * (to - 1)]
  let y1 = points[stride * (to - 1) + 1]
  for (let k = from; k < to; k++) {
    const x0 = x1
    const y0 = y1
    x1 = points[stride * k]
    y1 = points[stride * k + 1]
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5))
    const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5))
    if (first >= last) continue
    const slope = (x1 - x0) / (y1 - y0)
    for (let row = first, x = x0 + (first + 0.5 - y0) * slope; row < last; row++, x += slope) {
      // Rows beside those that earlier edges met are new.
      if (row < low || row >= high) {
        lefts[row] = rights[row] = x
      } else if (x < lefts[row]) lefts[row] = x
      else if (x > rights[row]) rights[row] = x
    }
    // Edges go on where the last one ended, so that the rows met so far are one stretch.
    if (first < low) low = first
    if (last > high) high = last
  }
  return [low, high]
}

/** The first pixel of a row whose middle is behind x. */
export const behind = (x: number): number => Math.ceil(x - 0.5)

/** An opaque pixel mixed into another one, red and blue at once. @param weight of 256 */
export function mixed(under: number, over: number, weight: number): number {
  const rest = 256 - weight
  const redBlue = (Math.imul(over & 0xff00ff, weight) + Math.imul(under & 0xff00ff, rest)) >>> 8
  const green = (Math.imul(over & 0xff00, weight) + Math.imul(under & 0xff00, rest)) >>> 8
  return 0xff000000 | (redBlue & 0xff00ff) | (green & 0xff00)
}

/** How lines are drawn. */
export interface LineLook {
  readonly colour: readonly [red: number, green: number, blue: number]
  /** 0 to 1. */
  readonly opacity: number
  /** Pixels. */
  readonly width: number
}

/**
 * Draws a smooth line: along its longer axis it covers of each pixel across what its width leaves of it.
 *
 * @param isSeen whether it is drawn at a pixel, by the pixel and by how far along the line it is, from 0 to 1; everywhere by default
 */
export function drawLine(
  { pixels, width, height }: Raster,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  { colour: [red, green, blue], opacity, width: thick }: LineLook,
  isSeen?: (at: number, along: number) => boolean,
): void {
  const isFlat = Math.abs(x1 - x0) >= Math.abs(y1 - y0)
  // Along the longer axis (a) and across it (c).
  const a0 = isFlat ? x0 : y0
  const a1 = isFlat ? x1 : y1
  const c0 = isFlat ? y0 : x0
  const from = Math.min(a0, a1)
  const to = Math.max(a0, a1)
  if (!(to > from)) return
  const slope = ((isFlat ? y1 : x1) - c0) / (a1 - a0)
  // Across a slanted line its width is longer.
  const reach = (thick / 2) * Math.sqrt(1 + slope * slope)
  const most = isFlat ? width : height
  const across = isFlat ? height : width
  const end = Math.min(most, Math.ceil(to))
  const over = opaque(red, green, blue)
  const [perA, perC] = isFlat ? [1, width] : [width, 1]
  for (let a = Math.max(0, Math.floor(from)); a < end; a++) {
    const part = 256 * opacity * (Math.min(to, a + 1) - Math.max(from, a))
    const middle = c0 + (a + 0.5 - a0) * slope
    const [low, high] = [middle - reach, middle + reach]
    const last = Math.min(across - 1, Math.floor(high))
    for (let c = Math.max(0, Math.floor(low)); c <= last; c++) {
      const covered = Math.min(c + 1, high) - Math.max(c, low)
      const weight = (part * covered) | 0
      if (weight <= 0) continue
      const at = a * perA + c * perC
      if (isSeen !== undefined && !isSeen(at, (a + 0.5 - a0) / (a1 - a0))) continue
      pixels[at] = mixed(pixels[at], over, weight)
    }
  }
}

/** Image data of a canvas's size, kept from one picture to the next. */
export class RasterImage {
  #image: ImageData | null = null

  /** Pixels of a size, with whatever was there before. */
  raster(width: number, height: number): Raster {
    if (this.#image?.width !== width || this.#image.height !== height)
      this.#image = new ImageData(width, height)
    return { pixels: new Uint32Array(this.#image.data.buffer), width, height }
  }

  /** Puts them on a canvas, from so many pixels from its left on. */
  putOn(context: CanvasRenderingContext2D, left = 0): void {
    if (this.#image !== null) context.putImageData(this.#image, left, 0)
  }

  release(): void {
    this.#image = null
  }
}
