import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS } from './colour-table.ts'
import { ERROR_NUMBERS, endOfScale, errorColours } from './error-colours.ts'
import { showsErrors } from './fills.ts'
import { inks, type Scheme } from './inks.ts'
import type { PaintOptions, RegionPainter } from './paint-regions.ts'
import { type Place, xOf, yOf } from './place.ts'
import { colourOfHash, regionColours } from './region-colours.ts'
import { wallLook } from './wall-look.ts'

/**
 * Paints regions pixel by pixel, where there is no graphics card. Of 3,800 regions and 11,000 walls Canvas 2D drew 6 pictures a second beside a training, WebGL on
 * a software rasteriser one (docs/decisions/0057): here a picture is a few passes over an array.
 */
export class PixelPainter implements RegionPainter {
  #image: ImageData | null = null

  paint(picture: RegionsPicture | null, { place, shading, scheme, ratio, under }: PaintOptions): void {
    const [width, height] = [Math.round(place.width * ratio), Math.round(place.height * ratio)]
    if (this.#image?.width !== width || this.#image.height !== height)
      this.#image = new ImageData(width, height)
    const image = this.#image
    const pixels = new Uint32Array(image.data.buffer)
    pixels.fill(paperOf(scheme))
    if (picture !== null) {
      const size = { pixels, width, height }
      const scaled = {
        ...place,
        x0: ratio * place.x0,
        y0: ratio * place.y0,
        unitS: ratio * place.unitS,
        unitT: ratio * place.unitT,
      }
      if (showsErrors(picture, shading)) fillByError(size, picture, scaled)
      else fillByHash(size, picture, scaled, scheme)
      drawWalls(size, picture, scaled, { ...wallLook(picture, place, shading, scheme), ratio })
    }
    under.context.putImageData(image, under.left, 0)
  }

  release(): void {
    this.#image = null
  }
}

/** Pixels row by row, four bytes each: red first, as image data have them (all machines that browsers run on put the lowest byte first). */
export interface Pixels {
  readonly pixels: Uint32Array
  readonly width: number
  readonly height: number
}

const opaque = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0

function paperOf(scheme: Scheme): number {
  const paper = Number.parseInt(inks[scheme].paper.slice(1), 16)
  return opaque(paper >> 16, (paper >> 8) & 255, paper & 255)
}

const asPixels = (table: Uint8Array): Uint32Array =>
  Uint32Array.from({ length: COLOURS }, (_, i) => opaque(table[4 * i], table[4 * i + 1], table[4 * i + 2]))

const fills = { light: asPixels(regionColours.light), dark: asPixels(regionColours.dark) }
const errorFills = asPixels(errorColours)

/** Ends of a polygon in each row of pixels, grown as pictures get higher. */
let lefts = new Float64Array(0)
let rights = new Float64Array(0)

/**
 * Rows whose middles a polygon meets, and where: pixels from `lefts` to `rights` have their middles in it.
 *
 * @returns the first row and the one behind the last
 */
function rowsOf(picture: RegionsPicture, polygon: number, place: Place, height: number): [number, number] {
  const { corners, starts } = picture
  const [from, to] = [starts[polygon], starts[polygon + 1]]
  let [low, high] = [height, 0]
  let x1 = xOf(place, corners[2 * to - 2])
  let y1 = yOf(place, corners[2 * to - 1])
  for (let k = from; k < to; k++) {
    const [x0, y0] = [x1, y1]
    x1 = xOf(place, corners[2 * k])
    y1 = yOf(place, corners[2 * k + 1])
    const [top, bottom] = y0 < y1 ? [y0, y1] : [y1, y0]
    const first = Math.max(0, Math.ceil(top - 0.5))
    const last = Math.min(height, Math.ceil(bottom - 0.5))
    if (first >= last) continue
    const slope = (x1 - x0) / (y1 - y0)
    for (let row = first, x = x0 + (first + 0.5 - y0) * slope; row < last; row++, x += slope) {
      // Rows between those that earlier edges met are new.
      if (row < low || row >= high) {
        lefts[row] = rights[row] = x
      } else if (x < lefts[row]) lefts[row] = x
      else if (x > rights[row]) rights[row] = x
    }
    // A polygon is convex: its edges go on where the last one ended, so that the rows met so far are one stretch.
    low = Math.min(low, first)
    high = Math.max(high, last)
  }
  return [low, high]
}

function withRoom(height: number): void {
  if (lefts.length >= height) return
  lefts = new Float64Array(height)
  rights = new Float64Array(height)
}

/** Paints every polygon in the colour of its code. */
export function fillByHash(
  { pixels, width, height }: Pixels,
  picture: RegionsPicture,
  place: Place,
  scheme: Scheme,
): void {
  withRoom(height)
  const { starts, hashes } = picture
  for (let polygon = 0; polygon + 1 < starts.length; polygon++) {
    const colour = fills[scheme][colourOfHash(hashes[2 * polygon], hashes[2 * polygon + 1])]
    const [low, high] = rowsOf(picture, polygon, place, height)
    for (let row = low; row < high; row++) {
      const start = row * width
      const end = start + Math.min(width, Math.ceil(rights[row] - 0.5))
      for (let at = start + Math.max(0, Math.ceil(lefts[row] - 0.5)); at < end; at++) pixels[at] = colour
    }
  }
}

/** Paints every pixel in the colour of the error at its middle. */
export function fillByError({ pixels, width, height }: Pixels, picture: RegionsPicture, place: Place): void {
  withRoom(height)
  const { starts, errors } = picture
  const scale = COLOURS / Math.sqrt(endOfScale(picture))
  const [perS, perT] = [1 / place.unitS, 1 / place.unitT]
  for (let polygon = 0; polygon + 1 < starts.length; polygon++) {
    const k = ERROR_NUMBERS * polygon
    const [cs, ct, e0, es, et, ess, est, ett] = errors.subarray(k, k + ERROR_NUMBERS)
    const [low, high] = rowsOf(picture, polygon, place, height)
    for (let row = low; row < high; row++) {
      const dt = (place.y0 - row - 0.5) * perT - ct
      const [constant, linear] = [e0 + dt * (et + dt * ett), es + dt * est]
      const start = Math.max(0, Math.ceil(lefts[row] - 0.5))
      const end = Math.min(width, Math.ceil(rights[row] - 0.5))
      let ds = (start + 0.5 - place.x0) * perS - cs
      for (let x = start; x < end; x++, ds += perS) {
        const error = constant + ds * (linear + ds * ess)
        const colour = error > 0 ? Math.min(COLOURS - 1, (scale * Math.sqrt(error)) | 0) : 0
        pixels[row * width + x] = errorFills[colour]
      }
    }
  }
}

/** How walls are drawn on pixels. */
export interface WallPixels {
  readonly colour: readonly [red: number, green: number, blue: number]
  readonly opacity: number
  /** CSS pixels. */
  readonly width: number
  readonly ratio: number
}

/** Draws walls as smooth lines: along its longer axis a line covers of each pixel across what its width leaves of it. */
export function drawWalls(
  { pixels, width, height }: Pixels,
  { walls }: RegionsPicture,
  place: Place,
  look: WallPixels,
): void {
  const [red, green, blue] = look.colour
  const half = (look.width * look.ratio) / 2
  const blend = (at: number, share: number): void => {
    const under = pixels[at]
    const weight = (256 * share) | 0
    const r = under & 255
    const g = (under >>> 8) & 255
    const b = (under >>> 16) & 255
    pixels[at] =
      (255 << 24) |
      ((b + (((blue - b) * weight) >> 8)) << 16) |
      ((g + (((green - g) * weight) >> 8)) << 8) |
      (r + (((red - r) * weight) >> 8))
  }
  for (let k = 0; k < walls.length; k += 4) {
    const [x0, y0] = [xOf(place, walls[k]), yOf(place, walls[k + 1])]
    const [x1, y1] = [xOf(place, walls[k + 2]), yOf(place, walls[k + 3])]
    const isFlat = Math.abs(x1 - x0) >= Math.abs(y1 - y0)
    // Along the longer axis (a) and across it (c).
    const [a0, c0, a1, c1] = isFlat ? [x0, y0, x1, y1] : [y0, x0, y1, x1]
    const [from, to] = a0 < a1 ? [a0, a1] : [a1, a0]
    if (!(to > from)) continue
    const slope = (c1 - c0) / (a1 - a0)
    // Across a slanted line its width is longer.
    const reach = half * Math.sqrt(1 + slope * slope)
    const [most, across] = isFlat ? [width, height] : [height, width]
    for (let a = Math.max(0, Math.floor(from)); a < Math.min(most, Math.ceil(to)); a++) {
      const part = Math.min(to, a + 1) - Math.max(from, a)
      const middle = c0 + (a + 0.5 - a0) * slope
      const last = Math.min(across - 1, Math.floor(middle + reach))
      for (let c = Math.max(0, Math.floor(middle - reach)); c <= last; c++) {
        const covered = Math.min(c + 1, middle + reach) - Math.max(c, middle - reach)
        if (covered > 0)
          blend(isFlat ? c * width + a : a * width + c, look.opacity * part * Math.min(1, covered))
      }
    }
  }
}
