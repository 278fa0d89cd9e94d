import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS } from './colour-table.ts'
import { colourOfError, endOfScale, errorAt, errorColours } from './error-colours.ts'
import { findRegion } from './find-region.ts'
import { drawWalls, fillByError, fillByHash } from './pixel-painter.ts'
import { placeOf, pointAt } from './place.ts'
import type { Raster } from './raster.ts'
import { colourOfHash, regionColours } from './region-colours.ts'
import { madePicture } from './testing/made-picture.ts'

beforeAll(() => init())

const [width, height] = [160, 120]
const blank = (): Raster => ({ pixels: new Uint32Array(width * height), width, height })
const bytesOf = (pixel: number) => [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255, pixel >>> 24]
const colourOf = (table: Uint8Array, index: number) => [...table.subarray(4 * index, 4 * index + 4)]

/** Every pixel with the polygon that holds its middle. */
function eachPixel(picture: RegionsPicture, f: (at: number, polygon: number, s: number, t: number) => void) {
  const place = placeOf(picture.frame, width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [s, t] = pointAt(place, x + 0.5, y + 0.5)
      f(y * width + x, findRegion(picture, s, t), s, t)
    }
}

describe('pixels', () => {
  it('have the colour of the region that holds their middle, and none outside of the window', () => {
    const { picture } = madePicture({ hidden: [12, 12], seed: 3 })
    const image = blank()
    fillByHash(image, picture, placeOf(picture.frame, width, height), 'light')
    let [inside, wrong] = [0, 0]
    eachPixel(picture, (at, polygon) => {
      if (polygon < 0) return void expect(image.pixels[at]).toBe(0)
      inside++
      const { hashes } = picture
      const own = colourOf(regionColours.light, colourOfHash(hashes[2 * polygon], hashes[2 * polygon + 1]))
      if (bytesOf(image.pixels[at]).join() !== own.join()) wrong++
    })
    expect(inside).toBeGreaterThan(10_000)
    // A middle on a wall may go to either side: coordinates are rounded in another order here.
    expect(wrong).toBeLessThanOrEqual(2)
  })

  it('have the colour of the error at their middle', () => {
    const { picture } = madePicture({ hidden: [12, 12], seed: 4 })
    const image = blank()
    fillByError(image, picture, placeOf(picture.frame, width, height))
    const end = endOfScale(picture)
    let [inside, far] = [0, 0]
    eachPixel(picture, (at, polygon, s, t) => {
      if (polygon < 0) return
      inside++
      const own = colourOfError(errorAt(picture.errors, polygon, s, t), end)
      const near = [own - 1, own, own + 1].map((i) => Math.min(COLOURS - 1, Math.max(0, i)))
      const bytes = bytesOf(image.pixels[at]).join()
      if (!near.some((i) => colourOf(errorColours, i).join() === bytes)) far++
    })
    expect(inside).toBeGreaterThan(10_000)
    expect(far).toBeLessThanOrEqual(2)
  })

  it('are covered by walls as far as these are wide and opaque', () => {
    const wall = (...walls: number[]): RegionsPicture =>
      ({ walls: Float32Array.from(walls) }) as RegionsPicture
    // One unit is a pixel, y upwards from the lower edge.
    const place = { width, height, x0: 0, y0: height, unitS: 1, unitT: 1 }
    const look = { colour: [255, 255, 255], opacity: 0.5, width: 1 } as const
    const lit = (image: Raster) => image.pixels.reduce((sum, pixel) => sum + (pixel & 255), 0) / 255
    for (const [x0, y0, x1, y1] of [
      [10, 60.5, 110, 60.5],
      [10.25, 10, 10.25, 90],
      [20, 20, 80, 100],
      [100, 20, 20, 70],
    ]) {
      const image = blank()
      drawWalls(image, wall(x0, y0, x1, y1), place, look)
      const length = Math.hypot(x1 - x0, y1 - y0)
      expect(lit(image) / (0.5 * length)).toBeGreaterThan(0.95)
      expect(lit(image) / (0.5 * length)).toBeLessThan(1.03)
    }
    const image = blank()
    drawWalls(image, wall(-50, 60, 500, 60, 30, 30, 30, 30), place, look)
    expect(lit(image)).toBeGreaterThan(0.45 * width)
  })
})
