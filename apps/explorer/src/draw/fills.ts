import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS, type ColourTable } from './colour-table.ts'
import { colourOfError, ERROR_NUMBERS, endOfScale, errorColours } from './error-colours.ts'
import type { Scheme } from './inks.ts'
import { colourOfHash, regionColours } from './region-colours.ts'

/** Whether errors are drawn: they are asked for, and the picture has them. */
export const showsErrors = ({ errors }: RegionsPicture, shading: Shading): boolean =>
  shading === 'error' && errors.length > 0

/** The fills of a picture where a polygon has one colour. */
export interface Fills {
  readonly table: ColourTable
  /** Polygons in the order of their colours … */
  readonly order: Uint32Array
  /** … and where those of each colour begin, and the last end: [{@link COLOURS} + 1]. */
  readonly starts: Uint32Array
}

/** Polygons by their colours: that of their code, or that of the error at their centroid. */
export function fillsOf(picture: RegionsPicture, shading: Shading, scheme: Scheme): Fills {
  const { starts: ends, hashes, errors } = picture
  const count = ends.length - 1
  const isError = showsErrors(picture, shading)
  const end = isError ? endOfScale(picture) : 1
  const colourOf = isError
    ? (polygon: number) => colourOfError(errors[ERROR_NUMBERS * polygon + 2], end)
    : (polygon: number) => colourOfHash(hashes[2 * polygon], hashes[2 * polygon + 1])
  const colours = new Uint8Array(count)
  const starts = new Uint32Array(COLOURS + 1)
  for (let polygon = 0; polygon < count; polygon++) starts[(colours[polygon] = colourOf(polygon)) + 1]++
  for (let colour = 0; colour < COLOURS; colour++) starts[colour + 1] += starts[colour]
  const order = new Uint32Array(count)
  const next = starts.slice()
  for (let polygon = 0; polygon < count; polygon++) order[next[colours[polygon]]++] = polygon
  return { table: isError ? errorColours : regionColours[scheme], order, starts }
}
