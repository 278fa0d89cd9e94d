import { fitted } from '../draw/canvas-place.ts'
import { findRegion } from '../draw/find-region.ts'
import type { Scheme } from '../draw/inks.ts'
import { AXIS_ROOM } from '../draw/paint-axes.ts'
import { polygonsOf } from '../draw/paint-marks.ts'
import { type RegionPainter, regionPainter } from '../draw/paint-regions.ts'
import { movedBy, type Place, placeOf, pointAt, spansOf, stripPlaceOf, zoomedAt } from '../draw/place.ts'
import { type SampleGroup, sampleGroups } from '../draw/sample-groups.ts'
import { samplesIn } from '../draw/sample-rows.ts'
import type { DataFacts } from '../run/data-facts.ts'
import type { Frame, PlacedPoint, Shading } from '../state/state.ts'
import type { CardFacts, RegionsPicture } from '../work/messages.ts'
import { type Hovered, hoverLink } from './plane-hover.ts'
import { listenToPlane, type PlaneInput } from './plane-input.ts'
import { paintMarks } from './plane-painting.ts'

/** What a plane is drawn by, beside its picture. */
export interface PlaneLook {
  readonly plane: PlacedPoint['plane']
  /** `null`: all of the picture. */
  readonly frame: Frame | null
  readonly shading: Shading
  readonly scheme: Scheme
  readonly facts: DataFacts | null
  readonly selected: PlacedPoint | null
  /** Whether it is a strip of intervals. */
  readonly isStrip: boolean
  readonly hasDensity: boolean
  readonly onFrame: (frame: Frame | null) => void
  readonly onSelect: (at: PlacedPoint) => void
  /** Width by height of what can be seen. */
  readonly onAspect: (aspect: number) => void
}

/** Device pixels of a CSS pixel that are drawn at most: phones have 3, which nobody sees. */
const MOST_RATIO = 2

/** Below it there is nothing to be seen. */
const LEAST_SIDE = 20

const STRIP_T = [0, 1] as const

/** A plane in its elements: paints at most once for each frame of the screen, whatever changes how often, and follows pointer and keys. */
export class PlaneView implements PlaneInput {
  readonly #regions: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #painter: RegionPainter
  readonly #observer: ResizeObserver
  readonly #stops: readonly (() => void)[]
  #look: PlaneLook
  #picture: RegionsPicture | null = null
  #card: CardFacts | null = null
  #size = { width: 0, height: 0 }
  #groups: { readonly of: readonly unknown[]; readonly list: readonly SampleGroup[] } = { of: [], list: [] }
  #request = 0
  /** What is to be seen, until the state says so. */
  #next: Frame | null = null
  #isSent = false
  #pointer: readonly [x: number, y: number] | null = null
  /** From the upper left corner, in shares of the picture. */
  #cross: readonly [right: number, down: number] = [0.5, 0.5]
  #hasKeys = false

  /**
   * @param host hears of pointers and keys
   * @param regions where the regions are painted, in the upper right of the host
   * @param canvas as large as the host, {@link AXIS_ROOM} larger than the regions: has all else drawn on it
   */
  constructor(host: HTMLElement, regions: HTMLElement, canvas: HTMLCanvasElement, look: PlaneLook) {
    this.#regions = regions
    this.#canvas = canvas
    this.#look = look
    this.#painter = regionPainter(regions, () => this.#schedule())
    this.#stops = [listenToPlane(host, this), hoverLink.subscribe(() => this.#schedule())]
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      this.#size = {
        width: Math.floor(contentRect.width) - AXIS_ROOM.left,
        height: Math.floor(contentRect.height) - AXIS_ROOM.bottom,
      }
      const { width, height } = this.#size
      if (Math.min(width, height) >= LEAST_SIDE) this.#look.onAspect(width / height)
      this.#schedule()
    })
    this.#observer.observe(host)
  }

  /** Draws it like this from now on. */
  show(look: PlaneLook): void {
    const before = this.#look
    this.#look = look
    const isOther = Object.entries(look).some(
      ([name, value]) => typeof value !== 'function' && value !== before[name as keyof PlaneLook],
    )
    if (!isOther) return
    if (this.#isSent) this.#next = null
    this.#schedule()
  }

  /** Draws another picture; nothing is read of the one before any more. */
  read(picture: RegionsPicture | null, card: CardFacts | null): void {
    this.#picture = picture
    this.#card = card
    this.#schedule()
  }

  release(): void {
    cancelAnimationFrame(this.#request)
    this.#observer.disconnect()
    for (const stop of this.#stops) stop()
    if (hoverLink.hovered?.plane === this.#look.plane) hoverLink.set(null)
    this.#painter.release()
  }

  move(dx: number, dy: number): void {
    const place = this.#place()
    if (place !== null) this.#see(movedBy(place, dx, dy))
  }

  moveBy(right: number, up: number): void {
    this.move(-right * this.#size.width, up * this.#size.height)
  }

  zoom(factor: number, x: number, y: number): void {
    const place = this.#place()
    if (place === null || this.#picture === null) return
    let largest = 1e-6
    for (const value of this.#picture.samples) largest = Math.max(largest, Math.abs(value))
    this.#see(zoomedAt(place, factor, x, y, spansOf(largest)))
  }

  zoomBy(factor: number): void {
    this.zoom(factor, ...this.#crossAt())
  }

  whole(): void {
    this.#next = null
    this.#cross = [0.5, 0.5]
    this.#look.onFrame(null)
    this.#schedule()
  }

  walk(right: number, up: number): void {
    const within = (x: number) => Math.min(1, Math.max(0, x))
    this.#cross = [within(this.#cross[0] + right), within(this.#cross[1] - up)]
    this.#schedule()
  }

  select(x: number, y: number): void {
    const point = this.#pointAt([x, y])
    if (point !== null && this.#regionAt(point) >= 0)
      this.#look.onSelect({ plane: this.#look.plane, s: point[0], t: point[1] })
  }

  selectAtCross(): void {
    this.select(...this.#crossAt())
  }

  hover(at: readonly [x: number, y: number] | null): void {
    this.#pointer = at
    this.#schedule()
  }

  /** Whether keys are used, which needs the cross to be seen. */
  useKeys(hasKeys: boolean): void {
    this.#hasKeys = hasKeys
    this.#schedule()
  }

  #see({ s, t }: Frame): void {
    this.#next = { s, t: this.#look.isStrip ? STRIP_T : t }
    this.#isSent = false
    this.#schedule()
  }

  #schedule(): void {
    if (this.#request !== 0) return
    this.#request = requestAnimationFrame(() => {
      this.#request = 0
      if (this.#next !== null && !this.#isSent) {
        this.#isSent = true
        this.#look.onFrame(this.#next)
      }
      this.#paint()
    })
  }

  #place(): Place | null {
    const frame = this.#next ?? this.#look.frame ?? this.#picture?.frame
    const { width, height } = this.#size
    if (frame === undefined || Math.min(width, height) < LEAST_SIDE) return null
    return this.#look.isStrip
      ? stripPlaceOf({ s: frame.s, t: STRIP_T }, width, height)
      : placeOf(frame, width, height)
  }

  #crossAt(): [x: number, y: number] {
    return [this.#cross[0] * this.#size.width, this.#cross[1] * this.#size.height]
  }

  #pointAt([x, y]: readonly [number, number]): readonly [s: number, t: number] | null {
    const place = this.#place()
    if (place === null) return null
    const [s, t] = pointAt(place, x, y)
    // All of a strip's height is one interval.
    return [s, this.#look.isStrip ? 0.5 : t]
  }

  #regionAt([s, t]: readonly [number, number]): number {
    return this.#picture === null ? -1 : findRegion(this.#picture, s, t)
  }

  /** Says to the other plane what is under the pointer here. */
  #hovered(): Hovered | null {
    const { plane } = this.#look
    const at = this.#hasKeys ? this.#crossAt() : this.#pointer
    const point = at && this.#pointAt(at)
    const region = point ? this.#regionAt(point) : -1
    if (this.#picture === null || region < 0) {
      if (hoverLink.hovered?.plane === plane) hoverLink.set(null)
      return hoverLink.hovered
    }
    const { hashes } = this.#picture
    const hash = [hashes[2 * region], hashes[2 * region + 1]] as const
    hoverLink.set({ plane, hash, rows: samplesIn(this.#picture, polygonsOf(this.#picture, hash)) })
    return hoverLink.hovered
  }

  #paint(): void {
    const { facts, shading, scheme, isStrip, hasDensity, plane, selected } = this.#look
    const place = this.#place()
    this.#regions.hidden = place === null
    if (place === null) return
    const { width, height } = place
    Object.assign(this.#regions.style, { width: `${width}px`, height: `${height}px` })
    const ratio = Math.min(MOST_RATIO, devicePixelRatio)
    const picture = this.#picture
    const size = { width: width + AXIS_ROOM.left, height: height + AXIS_ROOM.bottom }
    const context = fitted(this.#canvas, size, ratio)
    const under = { context, left: Math.round(AXIS_ROOM.left * ratio) }
    this.#painter.paint(picture, { place, shading, scheme, ratio, under })
    if (picture === null) return
    context.translate(AXIS_ROOM.left, 0)
    const hovered = this.#hovered()
    const card = selected === null ? null : this.#card
    paintMarks(context, {
      picture,
      place,
      shading,
      scheme,
      isStrip,
      hasDensity,
      groups: this.#sampleGroups(picture.samples, facts, scheme),
      selected: card?.hash ?? null,
      point: selected?.plane === plane ? selected : null,
      hovered: hovered?.hash ?? null,
      rows: [...(card?.samples ?? []), ...(hovered?.rows ?? [])],
      cross: this.#hasKeys ? this.#crossAt() : null,
    })
  }

  /** Groups are made anew only where there are other samples, or other colours. */
  #sampleGroups(samples: Float32Array, facts: DataFacts | null, scheme: Scheme): readonly SampleGroup[] {
    const of = [samples.length, facts, scheme]
    if (of.some((value, i) => value !== this.#groups.of[i]))
      this.#groups = { of, list: sampleGroups(samples, facts, scheme) }
    return this.#groups.list
  }
}
