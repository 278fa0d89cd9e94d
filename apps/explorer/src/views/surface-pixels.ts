import { paperOf } from '../draw/pixel-painter.ts'
import {
  behind,
  drawLine,
  lefts,
  mixed,
  opaque,
  type Raster,
  RasterImage,
  rights,
  rowsOf,
} from '../draw/raster.ts'
import type { SurfacePicture } from '../work/messages.ts'
import { creaseLook, FOLDED, type SurfaceLook } from './surface-look.ts'

/** How much nearer lines and dots are than the polygons they lie on, in pixels: depths of the same place differ by rounding. */
const BEFORE = { creases: 1, dots: 3 } as const

/**
 * A surface pixel by pixel: of two pieces that cut through each other each pixel shows the nearer, as a graphics card would. Where the surface lies in the plane all of it is
 * seen, and folds are darker.
 */
export class SurfacePixels {
  readonly #image = new RasterImage()
  /** How near what is seen at each pixel is. */
  #near = new Float32Array(0)
  #points = new Float32Array(0)
  #width = 0
  #height = 0

  /**
   * @param placed [x, y, near] of corners, in CSS pixels
   * @param colours of polygons, four bytes each
   */
  paint(
    context: CanvasRenderingContext2D,
    picture: SurfacePicture,
    placed: Float32Array,
    colours: Uint8Array,
    { sight, ratio, scheme }: SurfaceLook,
  ): void {
    const raster = this.#image.raster(Math.round(sight.width * ratio), Math.round(sight.height * ratio))
    const points = this.#scaled(placed, picture.corners.length, ratio)
    raster.pixels.fill(paperOf(scheme))
    this.#begin(raster)
    const { starts, isFlat } = picture
    const look = { ...creaseLook(picture, sight, scheme), width: ratio }
    for (let i = 0; i + 1 < starts.length; i++) {
      const [from, to] = [starts[i], starts[i + 1]]
      if (isFlat) fillThrough(raster, points, from, to, colours, 4 * i)
      else
        this.#fill(raster, points, from, to, opaque(colours[4 * i], colours[4 * i + 1], colours[4 * i + 2]))
    }
    // Each crease belongs to two pieces: half of it is drawn with each.
    const half = { ...look, opacity: 1 - Math.sqrt(1 - look.opacity) }
    for (let i = 0; i + 1 < starts.length; i++)
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const next = k + 1 === starts[i + 1] ? starts[i] : k + 1
        this.#crease(raster, points, k, next, half, isFlat)
      }
    this.#image.putOn(context)
  }

  /** Whether a point, in CSS pixels, is before what is seen there. */
  sees(x: number, y: number, near: number, ratio: number): boolean {
    const [column, row] = [Math.floor(x * ratio), Math.floor(y * ratio)]
    if (column < 0 || row < 0 || column >= this.#width || row >= this.#height) return true
    return ratio * near + BEFORE.dots >= this.#near[row * this.#width + column]
  }

  release(): void {
    this.#image.release()
    this.#near = new Float32Array(0)
  }

  #begin({ width, height }: Raster): void {
    if (this.#near.length < width * height) this.#near = new Float32Array(width * height)
    this.#near.fill(Number.NEGATIVE_INFINITY, 0, width * height)
    this.#width = width
    this.#height = height
  }

  #scaled(placed: Float32Array, length: number, ratio: number): Float32Array {
    if (ratio === 1) return placed
    if (this.#points.length < length) this.#points = new Float32Array(2 * length)
    for (let i = 0; i < length; i++) this.#points[i] = ratio * placed[i]
    return this.#points
  }

  /** A flat piece, where nothing nearer is: how near it is changes evenly along rows and columns. */
  #fill(
    { pixels, width, height }: Raster,
    points: Float32Array,
    from: number,
    to: number,
    colour: number,
  ): void {
    const [low, high] = rowsOf(points, 3, from, to, height)
    if (low >= high) return
    const plane = planeOf(points, from, to)
    if (plane === null) return
    const [perX, perY, at0] = plane
    const near = this.#near
    for (let row = low; row < high; row++) {
      const start = Math.max(0, behind(lefts[row]))
      const end = Math.min(width, behind(rights[row]))
      let depth = at0 + perX * (start + 0.5) + perY * (row + 0.5)
      for (let at = row * width + start, last = row * width + end; at < last; at++, depth += perX) {
        if (depth <= near[at]) continue
        near[at] = depth
        pixels[at] = colour
      }
    }
  }

  #crease(
    raster: Raster,
    points: Float32Array,
    from: number,
    to: number,
    look: Parameters<typeof drawLine>[5],
    isFlat: boolean,
  ): void {
    const [a, b] = [points[3 * from + 2], points[3 * to + 2]]
    const near = this.#near
    const isSeen = isFlat
      ? undefined
      : (at: number, along: number) => a + along * (b - a) + BEFORE.creases >= near[at]
    drawLine(raster, points[3 * from], points[3 * from + 1], points[3 * to], points[3 * to + 1], look, isSeen)
  }
}

/** A piece of a surface in the plane. */
function fillThrough(
  { pixels, width, height }: Raster,
  points: Float32Array,
  from: number,
  to: number,
  colours: Uint8Array,
  colour: number,
): void {
  const over = opaque(colours[colour], colours[colour + 1], colours[colour + 2])
  const [low, high] = rowsOf(points, 3, from, to, height)
  for (let row = low; row < high; row++) {
    const end = row * width + Math.min(width, behind(rights[row]))
    for (let at = row * width + Math.max(0, behind(lefts[row])); at < end; at++)
      pixels[at] = mixed(pixels[at], over, 256 * FOLDED)
  }
}

/** near = perX x + perY y + at0 on a polygon, by its two corners that span most with the first; `null` where it is seen from its edge. */
function planeOf(
  points: Float32Array,
  from: number,
  to: number,
): readonly [perX: number, perY: number, at0: number] | null {
  const [x, y, z] = [points[3 * from], points[3 * from + 1], points[3 * from + 2]]
  let [turn, b, c] = [0, from, from]
  for (let k = from + 1; k + 1 < to; k++) {
    const next = k + 1
    const area =
      (points[3 * k] - x) * (points[3 * next + 1] - y) - (points[3 * k + 1] - y) * (points[3 * next] - x)
    if (Math.abs(area) > Math.abs(turn)) [turn, b, c] = [area, k, next]
  }
  if (turn === 0) return null
  const [bx, by, bz] = [points[3 * b] - x, points[3 * b + 1] - y, points[3 * b + 2] - z]
  const [cx, cy, cz] = [points[3 * c] - x, points[3 * c + 1] - y, points[3 * c + 2] - z]
  const perX = (bz * cy - cz * by) / turn
  const perY = (cz * bx - bz * cx) / turn
  return [perX, perY, z - perX * x - perY * y]
}
