import { showsErrors } from '../draw/fills.ts'
import type { Scheme } from '../draw/inks.ts'
import { paintAxes } from '../draw/paint-axes.ts'
import { paintDensity, paintDensityCurve } from '../draw/paint-density.ts'
import {
  outlinePolygons,
  paintCross,
  paintPoint,
  paintRings,
  paintSamples,
  paintWorst,
  polygonsOf,
} from '../draw/paint-marks.ts'
import type { Place } from '../draw/place.ts'
import type { SampleGroup } from '../draw/sample-groups.ts'
import type { PlacedPoint, Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'

/** Hash of a region's code. */
export type Hash = readonly [number, number]

/** Everything that is drawn over the regions of a plane. */
export interface Marks {
  readonly picture: RegionsPicture
  readonly place: Place
  readonly shading: Shading
  readonly scheme: Scheme
  readonly isStrip: boolean
  readonly hasDensity: boolean
  readonly groups: readonly SampleGroup[]
  /** The region that is selected, on either plane. */
  readonly selected: Hash | null
  /** The point that was selected on this plane. */
  readonly point: PlacedPoint | null
  /** The region that the pointer is over, on either plane. */
  readonly hovered: Hash | null
  /** Samples with a ring. */
  readonly rows: readonly number[]
  /** Pixel that keys select; `null` where they do not. */
  readonly cross: readonly [x: number, y: number] | null
}

const selectedLook = { width: 2.5, opacity: 1 }
const hoveredLook = { width: 1, opacity: 0.8 }

/** Pixels. */
const CROSS = 12

/** Draws what lies over the regions of a plane, and its axes. The context's origin is the picture's upper left corner. */
export function paintMarks(context: CanvasRenderingContext2D, marks: Marks): void {
  const { picture, place, shading, scheme, isStrip } = marks
  context.save()
  context.beginPath()
  context.rect(0, 0, place.width, place.height)
  context.clip()
  outlinePolygons(context, picture, polygonsOf(picture, marks.hovered), place, scheme, hoveredLook)
  outlinePolygons(context, picture, polygonsOf(picture, marks.selected), place, scheme, selectedLook)
  const { samples } = picture
  if (marks.hasDensity) (isStrip ? paintDensityCurve : paintDensity)(context, samples, place, scheme)
  paintSamples(context, samples, marks.groups, place, scheme)
  paintRings(context, samples, marks.rows, place, scheme)
  if (picture.worst !== null && showsErrors(picture, shading))
    paintWorst(context, picture.worst.at, place, scheme)
  if (marks.point !== null) paintPoint(context, marks.point, place, scheme)
  if (marks.cross !== null) paintCross(context, ...marks.cross, CROSS, scheme)
  context.restore()
  paintAxes(context, place, scheme, !isStrip)
}
