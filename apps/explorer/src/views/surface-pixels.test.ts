import { describe, expect, it } from 'vitest'
import type { SurfacePicture } from '../work/messages.ts'
import { SurfacePixels } from './surface-pixels.ts'

const [width, height] = [40, 30]

/** A canvas that keeps what is put on it; Node has none. */
function canvas() {
  const put: { pixels: Uint32Array | null } = { pixels: null }
  const context = {
    putImageData: (image: { data: Uint8ClampedArray }) => {
      put.pixels = new Uint32Array(image.data.buffer).slice()
    },
  } as unknown as CanvasRenderingContext2D
  return { context, at: (x: number, y: number) => put.pixels![y * width + x] & 0xffffff }
}

class FakeImageData {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.data = new Uint8ClampedArray(4 * width * height)
  }
}
Object.assign(globalThis, { ImageData: globalThis.ImageData ?? FakeImageData })

/** Squares from (2, 2) to (38, 28), each with how near its left and right edges are. */
function squares(...edges: [left: number, right: number][]): SurfacePicture {
  const corners = edges.flatMap(([left, right]) => [2, 2, left, 2, 28, left, 38, 28, right, 38, 2, right])
  return {
    dimension: 2,
    corners: Float32Array.from(corners),
    starts: Uint32Array.from(edges.map((_, i) => 4 * i).concat(4 * edges.length)),
    hashes: new Uint32Array(2 * edges.length),
    creases: new Float32Array(),
    samples: new Float32Array(),
    isFlat: false,
    axes: ['x', 'y', 'z'],
  }
}

const look = { sight: { width, height } as never, ratio: 1, scheme: 'light', groups: [] } as const
const colours = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255)
const [red, blue] = [0x0000ff, 0xff0000]

describe('SurfacePixels', () => {
  it('shows the nearer of two pieces at each pixel, also where they cut through each other', () => {
    const { context, at } = canvas()
    const pixels = new SurfacePixels()
    const picture = squares([-10, 10], [10, -10])
    pixels.paint(context, picture, picture.corners, colours, look)
    for (const y of [8, 15, 22]) {
      expect(at(8, y)).toBe(blue)
      expect(at(32, y)).toBe(red)
    }
    // On a plane seen from the left the pieces change places in the middle.
    expect([at(18, 15), at(22, 15)]).toEqual([blue, red])
    expect(at(0, 0)).toBe(0xffffff)
  })

  it('shows the same whichever piece comes first', () => {
    const [a, b] = [canvas(), canvas()]
    const pixels = new SurfacePixels()
    const [one, other] = [squares([0, 0], [5, 5]), squares([5, 5], [0, 0])]
    pixels.paint(a.context, one, one.corners, colours, look)
    pixels.paint(b.context, other, other.corners, colours, look)
    expect([a.at(20, 15), b.at(20, 15)]).toEqual([blue, red])
  })

  it('knows what is before it', () => {
    const { context } = canvas()
    const pixels = new SurfacePixels()
    const picture = squares([7, 7])
    pixels.paint(context, picture, picture.corners, colours, look)
    expect(pixels.sees(20, 15, 8, 1)).toBe(true)
    expect(pixels.sees(20, 15, -8, 1)).toBe(false)
    expect(pixels.sees(0, 0, -100, 1)).toBe(true)
    expect(pixels.sees(-5, 400, -100, 1)).toBe(true)
  })

  it('lets folds through where the surface lies in the plane', () => {
    const { context, at } = canvas()
    const pixels = new SurfacePixels()
    const once = { ...squares([0, 0]), isFlat: true }
    pixels.paint(context, once, once.corners, colours, look)
    const single = at(20, 15)
    const twice = { ...squares([0, 0], [0, 0]), isFlat: true }
    pixels.paint(context, twice, twice.corners, Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 255), look)
    expect(at(20, 15) >>> 8).toBeLessThan(single >>> 8)
  })
})
