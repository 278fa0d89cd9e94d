import type { SurfacePicture } from '../work/messages.ts'
import { SurfaceCanvas } from './surface-canvas.ts'
import type { SurfaceLook, SurfacePainter } from './surface-look.ts'

/** A new canvas under everything else in an element. */
function canvasIn(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  host.prepend(canvas)
  return canvas
}

/** How surfaces in space are painted. */
type Space =
  | { readonly kind: 'unknown' | 'loading' | 'refused' }
  | { readonly kind: 'ready'; readonly canvas: HTMLCanvasElement; readonly painter: SurfacePainter }

/**
 * The painters in an element. Curves and surfaces of the plane are painted with Canvas 2D; surfaces in space with three.js, which is loaded when there is the
 * first of them. Until it has come, and where there is no graphics card, they are painted as pixels.
 */
export class SurfacePainters {
  readonly #host: HTMLElement
  readonly #onChange: () => void
  readonly #plainCanvas: HTMLCanvasElement
  readonly #plain: SurfaceCanvas
  #space: Space = { kind: 'unknown' }
  #isReleased = false

  /** @param onChange is called when all has to be painted again */
  constructor(host: HTMLElement, onChange: () => void) {
    this.#host = host
    this.#onChange = onChange
    this.#plainCanvas = canvasIn(host)
    this.#plain = new SurfaceCanvas(this.#plainCanvas)
  }

  paint(picture: SurfacePicture, look: SurfaceLook): void {
    const isInSpace = picture.dimension === 2 && !picture.isFlat
    if (isInSpace && this.#space.kind === 'unknown') void this.#load()
    const isReady = isInSpace && this.#space.kind === 'ready'
    this.#plainCanvas.hidden = isReady
    if (this.#space.kind === 'ready') this.#space.canvas.hidden = !isReady
    if (isReady && this.#space.kind === 'ready') this.#space.painter.paint(picture, look)
    else this.#plain.paint(picture, look)
  }

  release(): void {
    this.#isReleased = true
    this.#plain.release()
    this.#plainCanvas.remove()
    this.#leaveSpace('unknown')
  }

  async #load(): Promise<void> {
    this.#space = { kind: 'loading' }
    try {
      const { SurfaceScene } = await import('./surface-scene.ts')
      if (this.#isReleased) return
      const canvas = canvasIn(this.#host)
      const painter = SurfaceScene.of(canvas)
      if (painter === null) {
        canvas.remove()
        this.#space = { kind: 'refused' }
      } else {
        this.#space = { kind: 'ready', canvas, painter }
        // The graphics card may take it back; three.js does not give it up by itself.
        canvas.addEventListener('webglcontextlost', () => {
          this.#leaveSpace('unknown')
          this.#onChange()
        })
      }
    } catch {
      // The file did not come, or the graphics card does not do what three.js asks of it.
      if (!this.#isReleased) this.#leaveSpace('refused')
    }
    this.#onChange()
  }

  #leaveSpace(kind: 'unknown' | 'refused'): void {
    if (this.#space.kind === 'ready') {
      this.#space.painter.release()
      this.#space.canvas.remove()
    }
    this.#space = { kind }
  }
}
