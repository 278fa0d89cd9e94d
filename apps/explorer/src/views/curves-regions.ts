import { Curve } from '../session/curve.ts'
import type { Session } from '../session/session.ts'
import type { Store } from '../session/store.ts'
import type { Frame } from '../state/state.ts'
import type { FrameFacts } from '../work/messages.ts'

interface Point {
  readonly step: number
  readonly regions: number
}

/** Columns of the curve that are filled. */
const [STEP, REGIONS] = [0, 1]

/** Of its sides. A picture that is a little wider, because a line of text beside it broke, has about the same regions. */
const SAME_WINDOW = 0.05

const isNear = (a: Frame, b: Frame): boolean =>
  (['s', 't'] as const).every((axis) => {
    const side = b[axis][1] - b[axis][0]
    return [0, 1].every((end) => Math.abs(a[axis][end] - b[axis][end]) <= SAME_WINDOW * side)
  })

/** The number of regions in the input plane per step, as far as it was drawn: a curve of one run, one part of the model and one window. Another one begins anew. */
export class RegionCounts {
  readonly #curve = new Curve()
  /** The last point, that of a later picture of the same step until there is a later step. */
  #last: Point | null = null
  #run = 0
  /** The window of the first point. */
  #window: Frame | null = null
  #part: string | null = null
  /** Whether the last point may be of the part before: its picture was on its way when the part was changed. */
  #isDoubtful = false

  get length(): number {
    return this.#curve.length + (this.#last === null ? 0 : 1)
  }

  step(point: number): number {
    return point < this.#curve.length ? this.#curve.at(point, STEP) : this.#last!.step
  }

  regions(point: number): number {
    return point < this.#curve.length ? this.#curve.at(point, REGIONS) : this.#last!.regions
  }

  /** @param part whose regions are asked for, and on which plane */
  add({ run, step, input }: Pick<FrameFacts, 'run' | 'step' | 'input'>, part: string): void {
    if (input === null) return
    const isOtherPart = this.#part !== null && this.#part !== part
    if (isOtherPart || run !== this.#run || this.#window === null || !isNear(input.frame, this.#window)) {
      this.#curve.clear()
      this.#last = null
      this.#window = input.frame
    }
    this.#run = run
    this.#part = part
    const last = this.#last
    if (last !== null && !this.#isDoubtful) {
      // Steps that are shown again have been counted.
      if (step < last.step) return
      if (step > last.step) this.#curve.add(Float64Array.of(last.step, last.regions, Number.NaN, Number.NaN))
    }
    this.#last = { step, regions: input.regions }
    this.#isDoubtful = isOtherPart
  }
}

const counts = new WeakMap<Session, RegionCounts>()

/** The counts of a session, kept while no curves are on the page. */
export function regionCountsOf(session: Session, store: Store): RegionCounts {
  const known = counts.get(session)
  if (known !== undefined) return known
  const made = new RegionCounts()
  counts.set(session, made)
  const add = (frame: FrameFacts) =>
    made.add(frame, JSON.stringify([store.state.view.part, store.state.view.plane]))
  if (session.frame !== null) add(session.frame)
  session.onFrame(add)
  return made
}
