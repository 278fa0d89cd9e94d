import { fitted } from '../draw/canvas-place.ts'
import { inks } from '../draw/inks.ts'
import { dotRadius } from '../draw/paint-marks.ts'
import type { SurfacePicture } from '../work/messages.ts'
import { polygonColours, roomFor } from './surface-colours.ts'
import { CURVE, type SurfaceLook, type SurfacePainter } from './surface-look.ts'
import { SurfacePixels } from './surface-pixels.ts'
import { placedIn } from './surface-sight.ts'

/** Paints on a canvas without a graphics card: curves as paths, surfaces as pixels. */
export class SurfaceCanvas implements SurfacePainter {
  readonly #canvas: HTMLCanvasElement
  #colours = new Uint8Array(0)
  #corners = new Float32Array(0)
  #samples = new Float32Array(0)
  readonly #pixels = new SurfacePixels()

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
    const { dimension, isFlat } = picture
    const isSeen = (x: number, y: number, near: number) =>
      dimension === 1 || isFlat || this.#pixels.sees(x, y, near, ratio)
    const paintSamples = () => paintDots(context, this.#samples, picture.samples.length / 3, look, isSeen)
    // Dots would hide a curve; a surface would hide dots.
    if (dimension === 1) {
      paintSamples()
      this.#paintCurve(context, picture, look)
    } else {
      this.#pixels.paint(context, picture, this.#corners, this.#colours, look)
      paintSamples()
    }
  }

  release(): void {
    // Its memory goes now, not when it is collected.
    this.#canvas.width = 0
    this.#pixels.release()
  }

  #paintCurve(context: CanvasRenderingContext2D, { starts }: SurfacePicture, { scheme }: SurfaceLook): void {
    context.lineCap = 'round'
    context.lineWidth = CURVE.band
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
    context.lineWidth = CURVE.line
    context.stroke()
    // Where it bends.
    context.beginPath()
    for (let k = 1; k + 1 < starts.length; k++) {
      const [x, y] = [this.#corners[3 * k], this.#corners[3 * k + 1]]
      context.moveTo(x + 2 * CURVE.line, y)
      context.arc(x, y, 2 * CURVE.line, 0, 2 * Math.PI)
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

/** Samples as dots. */
function paintDots(
  context: CanvasRenderingContext2D,
  placed: Float32Array,
  count: number,
  { groups, scheme }: SurfaceLook,
  isSeen: (x: number, y: number, near: number) => boolean,
): void {
  const radius = dotRadius(count)
  for (const { rows, colour } of groups) {
    context.beginPath()
    for (const row of rows) {
      const [x, y, near] = [placed[3 * row], placed[3 * row + 1], placed[3 * row + 2]]
      if (!isSeen(x, y, near)) continue
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
