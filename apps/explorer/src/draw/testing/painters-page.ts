import type { Shading } from '../../state/state.ts'
import type { RegionsPicture } from '../../work/messages.ts'
import { CanvasPainter } from '../canvas-painter.ts'
import type { Scheme } from '../inks.ts'
import { type RegionPainter, regionPainter } from '../paint-regions.ts'
import { placeOf } from '../place.ts'
import { WebglPainter } from '../webgl-painter.ts'

/** A picture as it goes to a page: numbers as text. */
export type PlainPicture = {
  readonly [K in keyof RegionsPicture]: RegionsPicture[K] extends ArrayBufferView
    ? number[]
    : RegionsPicture[K]
}

/** What a test tells the page. */
export interface PaintOrder {
  readonly painter: 'webgl' | 'canvas' | 'chosen'
  readonly picture: PlainPicture
  readonly side: number
  readonly shading: Shading
  readonly scheme: Scheme
  /** Paints so often, with another copy of the picture each time. */
  readonly times: number
}

/** What the page can do. */
export interface PaintersPage {
  /** Paints on a new canvas in the upper left corner. @returns milliseconds of script of each time */
  paint(order: PaintOrder): number[]
  /** Takes the context of the last canvas away, or gives it back. */
  context(isLost: boolean): Promise<void>
  /** How often all had to be painted again. */
  readonly again: number
}

const floats = (numbers: number[]) => Float32Array.from(numbers)
const words = (numbers: number[]) => Uint32Array.from(numbers)

const readPicture = (picture: PlainPicture): RegionsPicture => ({
  ...picture,
  corners: floats(picture.corners),
  starts: words(picture.starts),
  walls: floats(picture.walls),
  hashes: words(picture.hashes),
  errors: floats(picture.errors),
  samples: floats(picture.samples),
})

const host = document.body.appendChild(document.createElement('div'))
let painter: RegionPainter | null = null
let repaint = () => {}
let again = 0
let lost: WEBGL_lose_context | null = null

function newPainter(kind: PaintOrder['painter']): RegionPainter {
  if (kind === 'chosen')
    return regionPainter(host, () => {
      again++
      repaint()
    })
  const canvas = host.appendChild(document.createElement('canvas'))
  return kind === 'webgl' ? WebglPainter.of(canvas)! : new CanvasPainter(canvas)
}

const page: PaintersPage = {
  paint({ painter: kind, picture, side, shading, scheme, times }) {
    painter?.release()
    host.replaceChildren()
    host.className = 'host'
    painter = newPainter(kind)
    const place = placeOf(picture.frame, side, side)
    const took: number[] = []
    for (let i = 0; i < times; i++) {
      const copy = readPicture(picture)
      const began = performance.now()
      painter.paint(copy, { place, shading, scheme, ratio: 1 })
      took.push(performance.now() - began)
      repaint = () => painter?.paint(copy, { place, shading, scheme, ratio: 1 })
    }
    return took
  },
  async context(isLost) {
    const canvas = host.querySelector('canvas')!
    lost ??= canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')
    const before = again
    if (isLost) lost?.loseContext()
    else lost?.restoreContext()
    while (again === before) await new Promise((resolve) => setTimeout(resolve, 10))
  },
  get again() {
    return again
  },
}
Object.assign(globalThis, { page })
