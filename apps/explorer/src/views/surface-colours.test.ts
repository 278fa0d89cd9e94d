import { expect, it } from 'vitest'
import { colourOfHash, regionColours } from '../draw/region-colours.ts'
import type { SurfacePicture } from '../work/messages.ts'
import { polygonColours, roomFor } from './surface-colours.ts'

/** A square at a right angle to an axis, with the hash of the number. */
const squareAcross = (axis: number) =>
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].flatMap(([a, b]) => [0, 1, 2].map((k) => (k === axis ? 0 : k === (axis + 1) % 3 ? a : b)))

const picture = (isFlat: boolean): SurfacePicture => ({
  dimension: 2,
  corners: Float32Array.from([0, 1, 2].flatMap(squareAcross)),
  starts: Uint32Array.of(0, 4, 8, 12),
  hashes: Uint32Array.of(7, 8, 7, 8, 9, 1),
  creases: new Float32Array(),
  samples: new Float32Array(),
  isFlat,
  axes: ['x', 'y', 'z'],
})

const coloursOf = (surface: SurfacePicture) => {
  const to = roomFor(surface, new Uint8Array(0))
  polygonColours(surface, 'light', to)
  return [0, 1, 2].map((i) => Array.from(to.subarray(4 * i, 4 * i + 4)))
}
const fill = (a: number, b: number) =>
  Array.from(regionColours.light.subarray(4 * colourOfHash(a, b), 4 * colourOfHash(a, b) + 4))

it('has on a plane the colours of the other views', () => {
  expect(coloursOf(picture(true))).toEqual([fill(7, 8), fill(7, 8), fill(9, 1)])
})

it('is lit in space: what faces the light is bright, whichever side is seen, and nothing is brighter than on a plane', () => {
  const [acrossX, acrossY] = coloursOf(picture(false))
  const sum = (colour: number[]) => colour[0] + colour[1] + colour[2]
  expect(sum(acrossX)).toBeLessThan(sum(acrossY))
  expect(sum(acrossY)).toBeLessThan(sum(fill(7, 8)))
  expect(sum(acrossX)).toBeGreaterThan(0.7 * sum(fill(7, 8)))
  const turned = picture(false)
  turned.corners.set(squareAcross(0).slice(3, 6), 9)
  turned.corners.set(squareAcross(0).slice(9, 12), 3)
  expect(coloursOf(turned)[0]).toEqual(acrossX)
})

it('uses an array again that is large enough', () => {
  const room = new Uint8Array(12)
  expect(roomFor(picture(true), room)).toBe(room)
  expect(roomFor(picture(true), new Uint8Array(11)).length).toBeGreaterThanOrEqual(12)
})
