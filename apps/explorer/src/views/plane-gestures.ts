/** What can be done to a plane with pointers. */
export interface PlaneGestures {
  /** By pixels. */
  move(dx: number, dy: number): void
  /** Everything comes nearer to a pixel by a factor. */
  zoom(factor: number, x: number, y: number): void
  select(x: number, y: number): void
  /** The pixel under a pointer that is not pressed; `null` when it leaves. */
  hover(at: readonly [x: number, y: number] | null): void
}

/** A pointer as it is heard of. */
export interface PointerAt {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** Pixels that a pointer moves before it is a drag: fingers are not still. */
const STILL = 5

/** Pointers that are down: one moves the plane, two zoom it and move it, one that was still selects. */
export class Pointers {
  readonly #gestures: PlaneGestures
  readonly #down = new Map<number, { x: number; y: number }>()
  /** Where a pointer went down that may yet be a tap. */
  #tap: PointerAt | null = null

  constructor(gestures: PlaneGestures) {
    this.#gestures = gestures
  }

  down({ id, x, y }: PointerAt): void {
    this.#down.set(id, { x, y })
    this.#tap = this.#down.size === 1 ? { id, x, y } : null
    this.#gestures.hover(null)
  }

  /** @param canHover whether it is a pointer that is seen where it is not down: no finger */
  move({ id, x, y }: PointerAt, canHover: boolean): void {
    const own = this.#down.get(id)
    if (own === undefined) {
      if (canHover && this.#down.size === 0) this.#gestures.hover([x, y])
      return
    }
    if (this.#tap !== null) {
      if (Math.hypot(x - this.#tap.x, y - this.#tap.y) < STILL) return
      this.#tap = null
    }
    const others = [...this.#down.values()].filter((at) => at !== own)
    const [dx, dy] = [x - own.x, y - own.y]
    if (others.length === 0) this.#gestures.move(dx, dy)
    if (others.length === 1) {
      const [other] = others
      const before = Math.max(1, Math.hypot(own.x - other.x, own.y - other.y))
      const after = Math.max(1, Math.hypot(x - other.x, y - other.y))
      this.#gestures.move(dx / 2, dy / 2)
      this.#gestures.zoom(after / before, (x + other.x) / 2, (y + other.y) / 2)
    }
    Object.assign(own, { x, y })
  }

  up({ id, x, y }: PointerAt): void {
    this.#down.delete(id)
    if (this.#tap?.id === id) this.#gestures.select(x, y)
    this.#tap = null
  }

  /** The system took a pointer, or it left. */
  cancel(id: number): void {
    this.#down.delete(id)
    this.#tap = null
    this.#gestures.hover(null)
  }
}

/** Pixels of a turned wheel, in its three units: pixels, lines and pages. */
const WHEEL_UNITS = [1, 16, 400]

/** The factor that a wheel zooms by: 100 pixels, a notch of most, are 16 %. */
export const wheelFactor = ({ deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>): number =>
  Math.exp(-0.0015 * Math.min(300, Math.max(-300, deltaY * WHEEL_UNITS[deltaMode])))
