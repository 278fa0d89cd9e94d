import type { Scheme } from '../draw/inks.ts'
import { type SampleGroup, sampleGroups } from '../draw/sample-groups.ts'
import type { DataFacts } from '../run/data-facts.ts'
import type { PlacedPoint } from '../state/state.ts'
import type { CardFacts, FrameFacts, RegionsPicture, SurfacePicture } from '../work/messages.ts'
import { type PlaneGestures, type PointerAt, Pointers, wheelFactor } from './plane-gestures.ts'
import { hoverLink } from './plane-hover.ts'
import { pressKey, type SurfaceKeys } from './surface-keys.ts'
import { paintMarks } from './surface-marks.ts'
import { SurfacePainters } from './surface-painters.ts'
import { polygonUnder } from './surface-pick.ts'
import { draggedBy, extentOf, placedIn, type Sight, sightOf, type Turn, turnedBy } from './surface-sight.ts'

/** What a surface is drawn by, beside its picture. */
export interface SurfaceOptions {
  readonly turn: Turn
  readonly scheme: Scheme
  readonly facts: DataFacts | null
  /** Whether a region is selected at all: the card may be of an earlier one. */
  readonly isSelected: boolean
  readonly onTurn: (turn: Turn) => void
  readonly onSelect: (at: PlacedPoint) => void
}

const MOST_RATIO = 2

/** Below it there is nothing to be seen. */
const LEAST_SIDE = 20

/** How far it is zoomed in and out. */
const ZOOMS = [0.05, 50] as const

/** How it is looked at where nothing was said. */
export const wholeTurn: Turn = { azimuth: 35, elevation: 30 }

/** A surface in its elements: paints at most once for each frame of the screen and only when something changed, and follows pointer and keys. */
export class SurfaceView implements PlaneGestures, SurfaceKeys {
  readonly #host: HTMLElement
  readonly #marks: HTMLCanvasElement
  readonly #painters: SurfacePainters
  readonly #observer: ResizeObserver
  readonly #end = new AbortController()
  #options: SurfaceOptions
  #picture: SurfacePicture | null = null
  #latent: RegionsPicture | null = null
  #card: CardFacts | null = null
  #size = { width: 0, height: 0 }
  #zoom = 1
  #groups: { readonly of: readonly unknown[]; readonly list: readonly SampleGroup[] } = { of: [], list: [] }
  #corners = new Float32Array(0)
  #samples = new Float32Array(0)
  #request = 0
  /** As it is to be seen, until the state says so. */
  #next: Turn | null = null
  #isSent = false
  #pointer: readonly [x: number, y: number] | null = null

  /**
   * @param host hears of pointers and keys
   * @param pictures where the surface is painted
   * @param marks as large, over it
   */
  constructor(host: HTMLElement, pictures: HTMLElement, marks: HTMLCanvasElement, options: SurfaceOptions) {
    this.#host = host
    this.#marks = marks
    this.#options = options
    this.#painters = new SurfacePainters(pictures, () => this.#schedule())
    this.#listen()
    const stop = hoverLink.subscribe(() => this.#schedule())
    this.#end.signal.addEventListener('abort', stop)
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      this.#size = { width: Math.floor(contentRect.width), height: Math.floor(contentRect.height) }
      this.#schedule()
    })
    this.#observer.observe(host)
  }

  /** Draws it like this from now on. */
  show(options: SurfaceOptions): void {
    this.#options = options
    if (this.#isSent) this.#next = null
    this.#schedule()
  }

  /** Draws another picture; nothing is read of the one before any more. */
  read({ surface, latent, card }: Pick<FrameFacts, 'surface' | 'latent' | 'card'>): void {
    this.#picture = surface
    this.#latent = latent
    this.#card = card
    this.#schedule()
  }

  release(): void {
    cancelAnimationFrame(this.#request)
    this.#observer.disconnect()
    this.#end.abort()
    if (hoverLink.hovered?.plane === 'surface') hoverLink.set(null)
    this.#painters.release()
  }

  move(dx: number, dy: number): void {
    this.#see(draggedBy(this.#turn, dx, dy))
  }

  turn(right: number, up: number): void {
    this.#see(turnedBy(this.#turn, right, up))
  }

  zoom(factor: number): void {
    this.#zoom = Math.min(ZOOMS[1], Math.max(ZOOMS[0], this.#zoom * factor))
    this.#schedule()
  }

  zoomBy(factor: number): void {
    this.zoom(factor)
  }

  whole(): void {
    this.#zoom = 1
    this.#see(wholeTurn)
  }

  select(x: number, y: number): void {
    const at = this.#latentPoint(this.#pieceAt([x, y]))
    if (at !== null) this.#options.onSelect(at)
  }

  hover(at: readonly [x: number, y: number] | null): void {
    this.#pointer = at
    this.#schedule()
  }

  get #turn(): Turn {
    return this.#next ?? this.#options.turn
  }

  #see(turn: Turn): void {
    if (this.#picture?.isFlat === false) {
      this.#next = turn
      this.#isSent = false
    }
    this.#schedule()
  }

  #listen(): void {
    const { signal } = this.#end
    const host = this.#host
    const pointers = new Pointers(this)
    const at = (event: PointerEvent): PointerAt => ({
      id: event.pointerId,
      x: event.offsetX,
      y: event.offsetY,
    })
    const hear = <K extends keyof HTMLElementEventMap>(
      kind: K,
      what: (event: HTMLElementEventMap[K]) => void,
    ) => host.addEventListener(kind, what, { signal, passive: false })
    hear('pointerdown', (event) => {
      if (event.button !== 0) return
      // Moves go on beyond the edge.
      host.setPointerCapture(event.pointerId)
      pointers.down(at(event))
    })
    hear('pointermove', (event) => pointers.move(at(event), event.pointerType !== 'touch'))
    hear('pointerup', (event) => pointers.up(at(event)))
    hear('pointercancel', (event) => pointers.cancel(event.pointerId))
    hear('pointerleave', (event) => pointers.cancel(event.pointerId))
    hear('wheel', (event) => {
      event.preventDefault()
      this.zoom(wheelFactor(event))
    })
    hear('keydown', (event) => {
      if (pressKey(event, this)) event.preventDefault()
    })
  }

  #schedule(): void {
    if (this.#request !== 0) return
    this.#request = requestAnimationFrame(() => {
      this.#request = 0
      if (this.#next !== null && !this.#isSent) {
        this.#isSent = true
        this.#options.onTurn(this.#next)
      }
      this.#paint()
    })
  }

  #sight(picture: SurfacePicture): Sight {
    const { width, height } = this.#size
    const turn = picture.isFlat ? null : this.#turn
    return sightOf(extentOf(picture.samples), turn, this.#zoom, width, height)
  }

  #paint(): void {
    const [picture, { width, height }] = [this.#picture, this.#size]
    if (picture === null || Math.min(width, height) < LEAST_SIDE) return
    const { scheme, facts, isSelected } = this.#options
    const sight = this.#sight(picture)
    const ratio = Math.min(MOST_RATIO, devicePixelRatio)
    const groups = this.#sampleGroups(picture.samples.length / 3, facts, scheme)
    this.#painters.paint(picture, { sight, scheme, ratio, groups })
    this.#corners = placedIn(this.#corners, picture.corners, sight)
    this.#samples = placedIn(this.#samples, picture.samples, sight)
    this.#sayHovered(picture)
    const card = isSelected ? this.#card : null
    const { hovered } = hoverLink
    paintMarks(this.#marks, {
      picture,
      sight,
      scheme,
      ratio,
      corners: this.#corners,
      samples: this.#samples,
      selected: card?.hash ?? null,
      hovered: hovered?.hash ?? null,
      rows: [...(card?.samples ?? []), ...(hovered?.rows ?? [])],
    })
  }

  /** Says to the planes what is under the pointer here. */
  #sayHovered({ hashes }: SurfacePicture): void {
    const piece = this.#pointer === null ? -1 : this.#pieceAt(this.#pointer)
    if (piece >= 0)
      hoverLink.set({ plane: 'surface', hash: [hashes[2 * piece], hashes[2 * piece + 1]], rows: [] })
    else if (hoverLink.hovered?.plane === 'surface') hoverLink.set(null)
  }

  #pieceAt([x, y]: readonly [number, number]): number {
    const picture = this.#picture
    if (picture === null || this.#corners.length < picture.corners.length) return -1
    return polygonUnder(picture, this.#corners, x, y)
  }

  /** The middle of the region of the latent plane that a piece is the image of. */
  #latentPoint(piece: number): PlacedPoint | null {
    if (piece < 0 || this.#latent === null) return null
    const { starts, corners } = this.#latent
    const [from, to] = [starts[piece], starts[piece + 1]]
    let [s, t] = [0, 0]
    for (let k = from; k < to; k++) {
      s += corners[2 * k] / (to - from)
      t += corners[2 * k + 1] / (to - from)
    }
    return { plane: 'latent', s, t }
  }

  /** Groups are made anew only where there are other samples, or other colours. */
  #sampleGroups(count: number, facts: DataFacts | null, scheme: Scheme): readonly SampleGroup[] {
    const of = [count, facts, scheme]
    if (of.some((value, i) => value !== this.#groups.of[i]))
      // Of samples it asks how many there are: two numbers each.
      this.#groups = { of, list: sampleGroups(new Float32Array(2 * count), facts, scheme) }
    return this.#groups.list
  }
}
