import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { isOnCard } from './graphics-card.ts'
import type { Scheme } from './inks.ts'
import { PixelPainter } from './pixel-painter.ts'
import type { Place } from './place.ts'
import { WebglPainter } from './webgl-painter.ts'

/** How regions are painted. */
export interface PaintOptions {
  readonly place: Place
  readonly shading: Shading
  readonly scheme: Scheme
  /** Device pixels of a CSS pixel. */
  readonly ratio: number
  /** A canvas that all else is drawn on later, in device pixels: who has no canvas of its own paints there, from `left` on. */
  readonly under: { readonly context: CanvasRenderingContext2D; readonly left: number }
}

/** Paints the polygons and walls of pictures. */
export interface RegionPainter {
  /** `null` clears it. What is kept of a picture is kept until the next one comes; its buffers are read only now. */
  paint(picture: RegionsPicture | null, options: PaintOptions): void
  /** Gives its memory back; it paints no more. */
  release(): void
}

/** A new canvas under everything else in an element. */
function canvasIn(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  host.prepend(canvas)
  return canvas
}

/**
 * A painter in an element: WebGL 2 on a graphics card, which takes 1 to 6 ms of script for 5,000 regions on two busy cores, or pixel by pixel where there is none. When the card
 * takes its context back, pixels go on until it is given again.
 *
 * @param onChange is called when all has to be painted again
 * @param isAccepted whether WebGL is to be drawn by this; a software rasteriser takes a second for what pixels take 10 ms for
 */
export function regionPainter(host: HTMLElement, onChange: () => void, isAccepted = isOnCard): RegionPainter {
  const canvas = canvasIn(host)
  let webgl = WebglPainter.of(canvas, isAccepted)
  if (webgl === null) canvas.remove()
  let plain = webgl ? null : new PixelPainter()
  const end = new AbortController()
  const { signal } = end
  const onLost = (event: Event) => {
    // Without this it would never be given again.
    event.preventDefault()
    canvas.hidden = true
    webgl = null
    plain ??= new PixelPainter()
    onChange()
  }
  const onRestored = () => {
    webgl = WebglPainter.of(canvas, isAccepted)
    if (webgl === null) return
    canvas.hidden = false
    plain?.release()
    plain = null
    onChange()
  }
  canvas.addEventListener('webglcontextlost', onLost, { signal })
  canvas.addEventListener('webglcontextrestored', onRestored, { signal })
  return {
    paint: (picture, options) => (webgl ?? plain)?.paint(picture, options),
    release() {
      end.abort()
      webgl?.release()
      plain?.release()
      canvas.remove()
      ;[webgl, plain] = [null, null]
    },
  }
}
