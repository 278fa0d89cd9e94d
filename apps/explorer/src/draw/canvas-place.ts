import type { RegionsPicture } from '../work/messages.ts'
import { type Place, xOf, yOf } from './place.ts'

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
