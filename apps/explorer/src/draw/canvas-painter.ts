import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS, cssOf } from './colour-table.ts'
import { fillsOf } from './fills.ts'
import { inks } from './inks.ts'
import type { PaintOptions, RegionPainter } from './paint-regions.ts'
import { type Place, xOf, yOf } from './place.ts'
import { wallLook } from './wall-look.ts'

/** Gives a canvas the size of a place, and units of CSS pixels. */
export function fitted(
  canvas: HTMLCanvasElement,
  { width, height }: Pick<Place, 'width' | 'height'>,
  ratio: number,
): CanvasRenderingContext2D {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  // Setting a size clears, and takes new memory, even where it is the old one.
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h]
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}

/** Adds a polygon of a picture to the path of a context. */
export function tracePolygon(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath'>,
  { corners, starts }: RegionsPicture,
  polygon: number,
  place: Place,
): void {
  for (let k = starts[polygon]; k < starts[polygon + 1]; k++) {
    const [x, y] = [xOf(place, corners[2 * k]), yOf(place, corners[2 * k + 1])]
    if (k === starts[polygon]) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  context.closePath()
}

/** Paints regions with Canvas 2D: a path for each colour. */
export class CanvasPainter implements RegionPainter {
  readonly #canvas: HTMLCanvasElement

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
  }

  paint(picture: RegionsPicture | null, { place, shading, scheme, ratio }: PaintOptions): void {
    const context = fitted(this.#canvas, place, ratio)
    context.fillStyle = inks[scheme].paper
    context.fillRect(0, 0, place.width, place.height)
    if (picture === null) return
    const { table, order, starts } = fillsOf(picture, shading, scheme)
    for (let colour = 0; colour < COLOURS; colour++) {
      if (starts[colour] === starts[colour + 1]) continue
      context.beginPath()
      for (let i = starts[colour]; i < starts[colour + 1]; i++)
        tracePolygon(context, picture, order[i], place)
      context.fillStyle = cssOf(table, colour)
      context.fill()
    }
    const { walls } = picture
    const { colour, opacity, width } = wallLook(picture, place, shading, scheme)
    context.beginPath()
    for (let k = 0; k < walls.length; k += 4) {
      context.moveTo(xOf(place, walls[k]), yOf(place, walls[k + 1]))
      context.lineTo(xOf(place, walls[k + 2]), yOf(place, walls[k + 3]))
    }
    context.strokeStyle = `rgb(${colour.join(' ')} / ${opacity})`
    context.lineWidth = width
    context.stroke()
  }

  release(): void {
    // Its memory goes now, not when it is collected.
    this.#canvas.width = 0
    this.#canvas.remove()
  }
}
