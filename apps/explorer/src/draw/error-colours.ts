import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS, type ColourTable, colourTable } from './colour-table.ts'

/** Viridis (Smith and van der Walt, 2015; CC0) at tenths: sizes from dark to light, told apart by all colour blindnesses, as in reports. */
const anchors = [
  0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
  0xfde725,
]

/** The colours of errors from 0 to the end of the scale. */
export const errorColours: ColourTable = colourTable((i) => {
  const at = (i / (COLOURS - 1)) * (anchors.length - 1)
  const from = Math.min(Math.floor(at), anchors.length - 2)
  const between = (shift: number): number => {
    const [a, b] = [(anchors[from] >> shift) & 255, (anchors[from + 1] >> shift) & 255]
    return Math.round(a + (at - from) * (b - a))
  }
  return [between(16), between(8), between(0)]
})

/**
 * The number of an error's colour: it grows with the distance ‖x − f(x)‖, the square root of the error, so that small errors near the data are told apart
 * from none where there are large ones at the window's edge.
 *
 * @param end the error at the end of the scale
 */
export const colourOfError = (error: number, end: number): number =>
  Math.min(COLOURS - 1, Math.floor(COLOURS * Math.sqrt(Math.max(0, error) / end)))

/** Numbers of a polygon among `RegionsPicture.errors`: s and t of its centroid, then the coefficients of 1, ds, dt, ds², ds·dt, dt². */
export const ERROR_NUMBERS = 8

/** The squared error at a point of a polygon, by the polygon's form. */
export function errorAt(errors: Float32Array, polygon: number, s: number, t: number): number {
  const k = ERROR_NUMBERS * polygon
  const [ds, dt] = [s - errors[k], t - errors[k + 1]]
  const linear = errors[k + 2] + ds * errors[k + 3] + dt * errors[k + 4]
  return linear + ds * ds * errors[k + 5] + ds * dt * errors[k + 6] + dt * dt * errors[k + 7]
}

/** Share of the window's area that the scale covers; what is larger has its last colour. */
const COVERED = 0.95

/** Classes of errors, of which four are a factor of two: from 2⁻⁸⁰ to 2⁴⁸. */
const CLASSES = 512
const LOWEST = -80

/**
 * The end of a picture's colour scale: an error that 95 % of the window's area stay below, by the errors at the polygons' centroids, within 19 %. Far from the data errors
 * grow with the square of the distance: on a scale to the largest, all that is near the data had one colour.
 *
 * @returns 1 where there are no errors
 */
export function endOfScale({ corners, starts, errors, worst }: RegionsPicture): number {
  if (errors.length === 0) return 1
  areas.fill(0)
  let all = 0
  for (let polygon = 0; polygon + 1 < starts.length; polygon++) {
    const error = errors[ERROR_NUMBERS * polygon + 2]
    const area = Math.abs(areaOf(corners, starts[polygon], starts[polygon + 1]))
    const place = error > 0 ? Math.floor(4 * (Math.log2(error) - LOWEST)) : 0
    areas[Math.min(CLASSES - 1, Math.max(0, place))] += area
    all += area
  }
  let place = 0
  for (let sum = areas[0]; sum < COVERED * all && place < CLASSES - 1; ) sum += areas[++place]
  const end = Math.min(2 ** ((place + 1) / 4 + LOWEST), worst?.value ?? Number.POSITIVE_INFINITY)
  return end > 0 ? end : 1
}
const areas = new Float64Array(CLASSES)

/** Signed, in (s, t). @param from the polygon's first point @param to behind its last one */
function areaOf(corners: Float32Array, from: number, to: number): number {
  const [s0, t0] = [corners[2 * from], corners[2 * from + 1]]
  let twice = 0
  for (let k = from + 1; k + 1 < to; k++)
    twice +=
      (corners[2 * k] - s0) * (corners[2 * k + 3] - t0) -
      (corners[2 * k + 2] - s0) * (corners[2 * k + 1] - t0)
  return twice / 2
}
