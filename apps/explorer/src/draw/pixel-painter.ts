import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS } from './colour-table.ts'
import { ERROR_NUMBERS, endOfScale, errorColours } from './error-colours.ts'
import { showsErrors } from './fills.ts'
import { inks, type Scheme } from './inks.ts'
import type { PaintOptions, RegionPainter } from './paint-regions.ts'
import { type Place, xOf, yOf } from './place.ts'
import {
  behind,
  drawLine,
  type LineLook,
  lefts,
  opaque,
  type Raster,
  RasterImage,
  rights,
  rowsOf,
} from './raster.ts'
import { colourOfHash, regionColours } from './region-colours.ts'
import { wallLook } from './wall-look.ts'

/**
 * Paints regions pixel by pixel, where there is no graphics card. Of 3,800 regions and 11,000 walls Canvas 2D drew 6 pictures a second beside a training, WebGL on
 * a software rasteriser one (docs/decisions/0057): here a picture is a few passes over an array.
 */
export class PixelPainter implements RegionPainter {
  readonly #image = new RasterImage()

  paint(picture: RegionsPicture | null, { place, shading, scheme, ratio, under }: PaintOptions): void {
    const raster = this.#image.raster(Math.round(place.width * ratio), Math.round(place.height * ratio))
    raster.pixels.fill(paperOf(scheme))
    if (picture !== null) {
      const scaled = scaledBy(place, ratio)
      if (showsErrors(picture, shading)) fillByError(raster, picture, scaled)
      else fillByHash(raster, picture, scaled, scheme)
      const { width, ...look } = wallLook(picture, place, shading, scheme)
      drawWalls(raster, picture, scaled, { ...look, width: width * ratio })
    }
    this.#image.putOn(under.context, under.left)
  }

  release(): void {
    this.#image.release()
  }
}

/** A place in device pixels. */
const scaledBy = (place: Place, ratio: number): Place => ({
  width: ratio * place.width,
  height: ratio * place.height,
  x0: ratio * place.x0,
  y0: ratio * place.y0,
  unitS: ratio * place.unitS,
  unitT: ratio * place.unitT,
})

/** The paper of a scheme as a pixel. */
export function paperOf(scheme: Scheme): number {
  const paper = Number.parseInt(inks[scheme].paper.slice(1), 16)
  return opaque(paper >> 16, (paper >> 8) & 255, paper & 255)
}

const asPixels = (table: Uint8Array): Uint32Array =>
  Uint32Array.from({ length: COLOURS }, (_, i) => opaque(table[4 * i], table[4 * i + 1], table[4 * i + 2]))

const fills = { light: asPixels(regionColours.light), dark: asPixels(regionColours.dark) }
const errorFills = asPixels(errorColours)

/** Corners in pixels, grown as pictures get larger. */
let placed = new Float32Array(0)

function placedCorners({ corners }: RegionsPicture, { x0, y0, unitS, unitT }: Place): Float32Array {
  if (placed.length < corners.length) placed = new Float32Array(2 * corners.length)
  for (let k = 0; k < corners.length; k += 2) {
    placed[k] = x0 + unitS * corners[k]
    placed[k + 1] = y0 - unitT * corners[k + 1]
  }
  return placed
}

/** Paints every polygon in the colour of its code. */
export function fillByHash(
  { pixels, width, height }: Raster,
  picture: RegionsPicture,
  place: Place,
  scheme: Scheme,
): void {
  const points = placedCorners(picture, place)
  const { starts, hashes } = picture
  for (let polygon = 0; polygon + 1 < starts.length; polygon++) {
    const colour = fills[scheme][colourOfHash(hashes[2 * polygon], hashes[2 * polygon + 1])]
    const [low, high] = rowsOf(points, 2, starts[polygon], starts[polygon + 1], height)
    for (let row = low; row < high; row++) {
      const start = row * width
      const end = start + Math.min(width, behind(rights[row]))
      for (let at = start + Math.max(0, behind(lefts[row])); at < end; at++) pixels[at] = colour
    }
  }
}

/** Paints every pixel in the colour of the error at its middle. */
export function fillByError({ pixels, width, height }: Raster, picture: RegionsPicture, place: Place): void {
  const points = placedCorners(picture, place)
  const { starts, errors } = picture
  const scale = COLOURS / Math.sqrt(endOfScale(picture))
  const [perS, perT] = [1 / place.unitS, 1 / place.unitT]
  for (let polygon = 0; polygon + 1 < starts.length; polygon++) {
    const k = ERROR_NUMBERS * polygon
    const [cs, ct, e0, es, et, ess, est, ett] = errors.subarray(k, k + ERROR_NUMBERS)
    const [low, high] = rowsOf(points, 2, starts[polygon], starts[polygon + 1], height)
    for (let row = low; row < high; row++) {
      const dt = (place.y0 - row - 0.5) * perT - ct
      const [constant, linear] = [e0 + dt * (et + dt * ett), es + dt * est]
      const start = Math.max(0, behind(lefts[row]))
      const end = Math.min(width, behind(rights[row]))
      let ds = (start + 0.5 - place.x0) * perS - cs
      for (let x = start; x < end; x++, ds += perS) {
        const error = constant + ds * (linear + ds * ess)
        const colour = error > 0 ? Math.min(COLOURS - 1, (scale * Math.sqrt(error)) | 0) : 0
        pixels[row * width + x] = errorFills[colour]
      }
    }
  }
}

/** Draws the walls of a picture. */
export function drawWalls(raster: Raster, { walls }: RegionsPicture, place: Place, look: LineLook): void {
  for (let k = 0; k < walls.length; k += 4)
    drawLine(
      raster,
      xOf(place, walls[k]),
      yOf(place, walls[k + 1]),
      xOf(place, walls[k + 2]),
      yOf(place, walls[k + 3]),
      look,
    )
}
