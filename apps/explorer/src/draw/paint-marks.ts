import type { RegionsPicture } from '../work/messages.ts'
import { tracePolygon } from './canvas-place.ts'
import { inks, type Scheme } from './inks.ts'
import { type Place, xOf, yOf } from './place.ts'
import type { SampleGroup } from './sample-groups.ts'

/** How the outline of a region is drawn. */
export interface OutlineLook {
  /** Pixels. */
  readonly width: number
  readonly opacity: number
}

/**
 * Outlines the union of polygons from outside, so that edges between them are not seen.
 */
export function outlinePolygons(
  context: CanvasRenderingContext2D,
  picture: RegionsPicture,
  polygons: readonly number[],
  place: Place,
  scheme: Scheme,
  { width, opacity }: OutlineLook,
): void {
  if (polygons.length === 0) return
  const { ink, paper } = inks[scheme]
  context.save()
  // All of the picture but the polygons.
  context.beginPath()
  context.rect(0, 0, place.width, place.height)
  for (const polygon of polygons) tracePolygon(context, picture, polygon, place)
  context.clip('evenodd')
  context.beginPath()
  for (const polygon of polygons) tracePolygon(context, picture, polygon, place)
  context.lineJoin = 'round'
  context.globalAlpha = opacity
  for (const [colour, wide] of [
    [paper, width + 1.5],
    [ink, width],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = 2 * wide
    context.stroke()
  }
  context.restore()
}

/** The polygons of a picture with a region's code. */
export function polygonsOf({ hashes }: RegionsPicture, hash: readonly [number, number] | null): number[] {
  const found: number[] = []
  if (hash === null) return found
  for (let k = 0; k < hashes.length; k += 2)
    if (hashes[k] === hash[0] && hashes[k + 1] === hash[1]) found.push(k / 2)
  return found
}

/** Radius of a sample's dot: smaller where there are many. */
export const dotRadius = (count: number): number => (count > 1000 ? 1.5 : count > 300 ? 2 : 2.6)

/** Draws samples as dots, those of the validation part hollow. */
export function paintSamples(
  context: CanvasRenderingContext2D,
  samples: Float32Array,
  groups: readonly SampleGroup[],
  place: Place,
  scheme: Scheme,
): void {
  const { paper } = inks[scheme]
  const radius = dotRadius(samples.length / 2)
  for (const { rows, colour, isHollow } of groups) {
    context.beginPath()
    for (const row of rows) traceDot(context, samples, row, radius, place)
    context.fillStyle = isHollow ? paper : colour
    context.strokeStyle = isHollow ? colour : paper
    context.lineWidth = isHollow ? 1.2 : 0.75
    // A dot's rim first, so that it takes nothing of its colour.
    if (!isHollow) context.stroke()
    context.fill()
    if (isHollow) context.stroke()
  }
}

/** Draws rings around some samples. */
export function paintRings(
  context: CanvasRenderingContext2D,
  samples: Float32Array,
  rows: Iterable<number>,
  place: Place,
  scheme: Scheme,
): void {
  context.beginPath()
  for (const row of rows)
    if (2 * row < samples.length) traceDot(context, samples, row, dotRadius(samples.length / 2) + 2, place)
  strokeTwice(context, scheme, 1)
}

function traceDot(
  context: CanvasRenderingContext2D,
  samples: Float32Array,
  row: number,
  radius: number,
  place: Place,
): void {
  const [x, y] = [xOf(place, samples[2 * row]), yOf(place, samples[2 * row + 1])]
  context.moveTo(x + radius, y)
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

/** The path in ink on a wider one of paper, which is seen on every fill. */
function strokeTwice(context: CanvasRenderingContext2D, scheme: Scheme, width: number): void {
  const { ink, paper } = inks[scheme]
  context.strokeStyle = paper
  context.lineWidth = width + 2
  context.stroke()
  context.strokeStyle = ink
  context.lineWidth = width
  context.stroke()
}

/** Marks where the error is largest: a ring with a point. */
export function paintWorst(
  context: CanvasRenderingContext2D,
  [s, t]: readonly [number, number],
  place: Place,
  scheme: Scheme,
): void {
  const [x, y] = [xOf(place, s), yOf(place, t)]
  context.beginPath()
  context.arc(x, y, 7, 0, 2 * Math.PI)
  context.moveTo(x + 1, y)
  context.arc(x, y, 1, 0, 2 * Math.PI)
  strokeTwice(context, scheme, 2)
}

/** Marks a point of the plane with a dot. */
export function paintPoint(
  context: CanvasRenderingContext2D,
  { s, t }: { readonly s: number; readonly t: number },
  place: Place,
  scheme: Scheme,
): void {
  context.beginPath()
  context.arc(xOf(place, s), yOf(place, t), 1.5, 0, 2 * Math.PI)
  strokeTwice(context, scheme, 1)
}

/** Draws a cross with a free middle at a pixel. */
export function paintCross(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  scheme: Scheme,
): void {
  context.beginPath()
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + 0.3 * size * dx, y + 0.3 * size * dy)
    context.lineTo(x + size * dx, y + size * dy)
  }
  strokeTwice(context, scheme, 1.5)
}
