import type { Scheme } from '../draw/inks.ts'
import { colourOfHash, regionColours } from '../draw/region-colours.ts'
import type { SurfacePicture } from '../work/messages.ts'

/** Where the light comes from, of length 1: from above, and none of the axes. */
const LIGHT = [0.36, 0.48, 0.8] as const

/** Of a polygon that the light only grazes, so much of its colour is left; steps of it are as many as can be told apart. */
const DARKEST: Readonly<Record<Scheme, number>> = { light: 0.74, dark: 0.62 }
const STEPS = 64

/**
 * Red, green, blue and 255 of every polygon, [4 × polygons]: the fill of its code, and in space lit, for a surface of pale fills has no form. The light stays
 * where it is when the surface is turned, so that colours change with the picture only.
 */
export function polygonColours(
  { hashes, starts, corners, dimension, isFlat }: SurfacePicture,
  scheme: Scheme,
  to: Uint8Array,
): void {
  const table = regionColours[scheme]
  const isLit = dimension === 2 && !isFlat
  for (let i = 0; i + 1 < starts.length; i++) {
    const colour = 4 * colourOfHash(hashes[2 * i], hashes[2 * i + 1])
    const lit = isLit ? lightOn(corners, starts[i], starts[i + 1]) : 1
    const share = 1 - (1 - DARKEST[scheme]) * (1 - Math.round(STEPS * lit) / STEPS)
    for (let k = 0; k < 3; k++) to[4 * i + k] = table[colour + k] * share
    to[4 * i + 3] = 255
  }
}

/** |cosine| of the angle between the light and the normal of a flat polygon, whichever side it is seen from. */
function lightOn(corners: Float32Array, from: number, to: number): number {
  let [nx, ny, nz] = [0, 0, 0]
  let [x, y, z] = [corners[3 * to - 3], corners[3 * to - 2], corners[3 * to - 1]]
  for (let k = from; k < to; k++) {
    const [u, v, w] = [corners[3 * k], corners[3 * k + 1], corners[3 * k + 2]]
    nx += (y - v) * (z + w)
    ny += (z - w) * (x + u)
    nz += (x - u) * (y + v)
    ;[x, y, z] = [u, v, w]
  }
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  return length === 0 ? 1 : Math.abs(LIGHT[0] * nx + LIGHT[1] * ny + LIGHT[2] * nz) / length
}

/** Room for the colours of a picture, in an array that is used again while it is large enough. */
export const roomFor = (
  { starts }: SurfacePicture,
  room: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> =>
  room.length >= 4 * (starts.length - 1) ? room : new Uint8Array(8 * (starts.length - 1))
