import { axisTicks } from './axis-ticks.ts'
import { inks, type Scheme } from './inks.ts'
import type { Place } from './place.ts'

/** Room for the numbers of axes beside a picture, in pixels. */
export const AXIS_ROOM = { left: 40, bottom: 20 }

const TICK = 4

/** Draws ticks and their numbers left of a picture and below it; the context's origin is the picture's upper left corner. @param hasT whether t has numbers */
export function paintAxes(
  context: CanvasRenderingContext2D,
  place: Place,
  scheme: Scheme,
  hasT: boolean,
): void {
  const { width, height } = place
  const { s, t } = axisTicks(place)
  context.fillStyle = inks[scheme].faint
  context.strokeStyle = inks[scheme].faint
  context.lineWidth = 1
  context.font = '11px system-ui, sans-serif'
  context.beginPath()
  context.rect(0, 0, width, height)
  for (const { at } of s) {
    context.moveTo(at, height)
    context.lineTo(at, height + TICK)
  }
  if (hasT)
    for (const { at } of t) {
      context.moveTo(0, at)
      context.lineTo(-TICK, at)
    }
  context.stroke()
  context.textAlign = 'center'
  context.textBaseline = 'top'
  // A number at the very end would be cut off.
  for (const { at, label } of s) context.fillText(label, Math.min(at, width - 3 * label.length), height + 6)
  if (!hasT) return
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  for (const { at, label } of t) context.fillText(label, -7, Math.min(height - 6, Math.max(6, at)))
}
