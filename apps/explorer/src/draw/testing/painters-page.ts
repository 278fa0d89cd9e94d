import type { Shading } from '../../state/state.ts'
import type { RegionsPicture } from '../../work/messages.ts'
import type { Scheme } from '../inks.ts'
import { type PaintOptions, type RegionPainter, regionPainter } from '../paint-regions.ts'
import { PixelPainter } from '../pixel-painter.ts'
import { placeOf } from '../place.ts'
import { WebglPainter } from '../webgl-painter.ts'

/** A picture as it goes to a page: numbers as text. */
export type PlainPicture = {
  readonly [K in keyof RegionsPicture]: RegionsPicture[K] extends ArrayBufferView
    ? number[]
    : RegionsPicture[K]
}

/** One of the painters, or the one that is chosen where it is. */
export type PainterName = 'webgl' | 'pixels' | 'chosen'

/** What a test tells the page. */
export interface PaintOrder {
  readonly painter: PainterName
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
  /** Takes the context of the canvas away, until all was painted again. */
  loseContext(): Promise<void>
  /** Gives it back, until all was painted again. */
  restoreContext(): Promise<void>
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

/** What is painted on where a painter has no canvas of its own; others lie above it. */
const under = document.body.appendChild(document.createElement('canvas'))
const host = document.body.appendChild(document.createElement('div'))
let painter: RegionPainter | null = null
let repaint = () => {}
let onRepainted = () => {}
let losing: WEBGL_lose_context | null = null

function newPainter(kind: PainterName): RegionPainter {
  // Tests draw with a rasteriser.
  const isAccepted = () => true
  const onChange = () => {
    repaint()
    onRepainted()
  }
  if (kind === 'chosen') return regionPainter(host, onChange, isAccepted)
  if (kind === 'pixels') return new PixelPainter()
  return WebglPainter.of(host.appendChild(document.createElement('canvas')), isAccepted)!
}

const repainted = () =>
  new Promise<void>((resolve) => {
    onRepainted = resolve
  })

const painters: PaintersPage = {
  paint({ painter: kind, picture, side, shading, scheme, times }) {
    painter?.release()
    host.replaceChildren()
    painter = newPainter(kind)
    under.width = under.height = side
    const context = under.getContext('2d')!
    const place = placeOf(picture.frame, side, side)
    const options: PaintOptions = { place, shading, scheme, ratio: 1, under: { context, left: 0 } }
    const took: number[] = []
    for (let i = 0; i < times; i++) {
      const copy = readPicture(picture)
      const began = performance.now()
      painter.paint(copy, options)
      took.push(performance.now() - began)
      repaint = () => painter?.paint(copy, options)
    }
    return took
  },
  async loseContext() {
    losing = host.querySelector('canvas')!.getContext('webgl2')!.getExtension('WEBGL_lose_context')
    const done = repainted()
    losing?.loseContext()
    await done
  },
  async restoreContext() {
    const done = repainted()
    losing?.restoreContext()
    await done
  },
}
Object.assign(globalThis, { painters })
