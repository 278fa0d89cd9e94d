import { fitted } from '../draw/canvas-place.ts'
import { inks } from '../draw/inks.ts'
import { dotRadius } from '../draw/paint-marks.ts'
import type { SurfacePicture } from '../work/messages.ts'
import { polygonColours, roomFor } from './surface-colours.ts'
import { creaseLook, type SurfaceLook, type SurfacePainter } from './surface-look.ts'
import { placedIn } from './surface-sight.ts'

/** Fills of a flat surface let others through: where it is folded it is darker. */
const FOLDED = 0.75

/** Pixels of a curve's colours, and of the line in the middle of them. */
const BAND = 9
const LINE = 1.5

/** Paints with Canvas 2D: curves, surfaces in the plane, and surfaces in space from the farthest polygon to the nearest. */
export class SurfaceCanvas implements SurfacePainter {
  readonly #canvas: HTMLCanvasElement
  #colours = new Uint8Array(0)
  #corners = new Float32Array(0)
  #samples = new Float32Array(0)

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
  }

  paint(picture: SurfacePicture, look: SurfaceLook): void {
    const { sight, ratio, scheme } = look
    const context = fitted(this.#canvas, sight, ratio)
    this.#colours = roomFor(picture, this.#colours)
    polygonColours(picture, scheme, this.#colours)
    this.#corners = placedIn(this.#corners, picture.corners, sight)
    this.#samples = placedIn(this.#samples, picture.samples, sight)
    context.lineJoin = 'round'
    if (picture.dimension === 1) this.#paintCurve(context, picture, look)
    else this.#paintPolygons(context, picture, look)
    paintDots(context, this.#samples, picture.samples.length / 3, look)
  }

  release(): void {
    // Its memory goes now, not when it is collected.
    this.#canvas.width = 0
  }

  #paintPolygons(context: CanvasRenderingContext2D, picture: SurfacePicture, look: SurfaceLook): void {
    const { starts, isFlat } = picture
    const { colour, opacity } = creaseLook(picture, look.sight, look.scheme)
    context.lineWidth = 1
    context.strokeStyle = `rgb(${colour.join(' ')} / ${opacity})`
    const order = isFlat ? null : farthestFirst(this.#corners, starts)
    for (let n = 0; n + 1 < starts.length; n++) {
      const i = order === null ? n : order[n]
      context.beginPath()
      for (let k = starts[i]; k < starts[i + 1]; k++) this.#trace(context, k, k === starts[i])
      context.closePath()
      context.fillStyle = this.#colour(i)
      if (isFlat) context.globalAlpha = FOLDED
      context.fill()
      context.globalAlpha = 1
      context.stroke()
    }
  }

  #paintCurve(context: CanvasRenderingContext2D, { starts }: SurfacePicture, { scheme }: SurfaceLook): void {
    context.lineCap = 'round'
    context.lineWidth = BAND
    for (let i = 0; i + 1 < starts.length; i++) {
      context.beginPath()
      this.#trace(context, starts[i], true)
      this.#trace(context, starts[i] + 1, false)
      context.strokeStyle = this.#colour(i)
      context.stroke()
    }
    context.beginPath()
    for (let k = 0; k < starts.length; k++) this.#trace(context, k, k === 0)
    context.strokeStyle = inks[scheme].ink
    context.lineWidth = LINE
    context.stroke()
    // Where it bends.
    context.beginPath()
    for (let k = 1; k + 1 < starts.length; k++) {
      const [x, y] = [this.#corners[3 * k], this.#corners[3 * k + 1]]
      context.moveTo(x + 2 * LINE, y)
      context.arc(x, y, 2 * LINE, 0, 2 * Math.PI)
    }
    context.fillStyle = inks[scheme].paper
    context.fill()
    context.lineWidth = 1
    context.stroke()
  }

  #trace(context: CanvasRenderingContext2D, corner: number, isFirst: boolean): void {
    const [x, y] = [this.#corners[3 * corner], this.#corners[3 * corner + 1]]
    if (isFirst) context.moveTo(x, y)
    else context.lineTo(x, y)
  }

  #colour(polygon: number): string {
    const at = 4 * polygon
    return `rgb(${this.#colours[at]} ${this.#colours[at + 1]} ${this.#colours[at + 2]})`
  }
}

/** Polygons by how near they are on the whole. What cuts through another cannot be in the right order. */
function farthestFirst(placed: Float32Array, starts: Uint32Array): Uint32Array {
  const count = starts.length - 1
  const near = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) near[i] += placed[3 * k + 2]
    near[i] /= starts[i + 1] - starts[i]
  }
  return Uint32Array.from(near.keys()).sort((a, b) => near[a] - near[b])
}

/** Samples as dots. */
function paintDots(
  context: CanvasRenderingContext2D,
  placed: Float32Array,
  count: number,
  { groups, scheme }: SurfaceLook,
): void {
  const radius = dotRadius(count)
  for (const { rows, colour } of groups) {
    context.beginPath()
    for (const row of rows) {
      const [x, y] = [placed[3 * row], placed[3 * row + 1]]
      context.moveTo(x + radius, y)
      context.arc(x, y, radius, 0, 2 * Math.PI)
    }
    context.strokeStyle = inks[scheme].paper
    context.lineWidth = 0.75
    context.stroke()
    context.fillStyle = colour
    context.fill()
  }
}
