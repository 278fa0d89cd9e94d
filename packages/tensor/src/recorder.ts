import type { Storage } from './storage.ts'
import type { ConcreteTensor, Tensor } from './tensor.ts'

/** The key of a step, of which only `Key` knows more: what is drawn below it is drawn anew for another step. */
export type StepKey = object

/** Draws the numbers of a tensor that was made while recording anew, in their place, below the key of another step. */
export type Draw = (step: StepKey) => void

/** What a step does, gathered while it runs once the ordinary way. */
export class Recorder {
  readonly step: StepKey
  readonly #draws: Draw[] = []
  /** What the step made, and of it and of what was there before what the recording holds. */
  readonly #made = new Set<Storage>()
  readonly #views = new Set<ConcreteTensor>()
  readonly #held = new Set<Storage>()
  #isExpected = false
  /** Why the step cannot be replayed; the first reason. */
  obstacle: string | null = null

  constructor(step: StepKey) {
    this.step = step
  }

  /** A draw from a key below the step's is made anew in every replay. */
  drawn(draw: Draw): void {
    this.#draws.push(draw)
  }

  /** What the step makes keeps its place whether it is released or not. */
  makes(storage: Storage): void {
    this.#made.add(storage)
  }

  /** A view made in the step, perhaps of what was there before. */
  views(view: ConcreteTensor): void {
    this.#views.add(view)
  }

  /** What a kernel reads must outlive the recording. */
  uses(inputs: readonly ConcreteTensor[]): void {
    for (const { storage } of inputs) if (!this.#made.has(storage)) this.#hold(storage)
  }

  /** The step has been run: what is left of it stays. */
  end(): void {
    for (const view of this.#views) if (view.released) this.#views.delete(view)
    for (const storage of this.#made) {
      if (storage.users > 0) this.#hold(storage)
      else this.#made.delete(storage)
    }
  }

  /** Whether the step made a tensor that is left: one under a transform holds no numbers and is none. */
  made(t: Tensor): boolean {
    if (t.interpreter !== null) return false
    return this.#made.has((t as ConcreteTensor).storage) || this.#views.has(t as ConcreteTensor)
  }

  #hold(storage: Storage): void {
    if (this.#held.has(storage)) return
    this.#held.add(storage)
    storage.users++
  }

  /** Numbers from JavaScript may be others in the next step, unless they are constants or draws. */
  uploads(): void {
    if (!this.#isExpected) this.refuse('it makes a tensor of numbers from JavaScript')
  }

  /** Runs `f`, whose uploads are known to be constant or to be drawn anew. */
  uploading<T>(f: () => T): T {
    const before = this.#isExpected
    this.#isExpected = true
    try {
      return f()
    } finally {
      this.#isExpected = before
    }
  }

  refuse(obstacle: string): void {
    this.obstacle ??= obstacle
  }

  redraw(step: StepKey): void {
    for (const draw of this.#draws) draw(step)
  }

  release(): void {
    for (const storage of this.#held) storage.leave()
    this.#held.clear()
  }
}

let current: Recorder | null = null

/** The recording under way, if there is one. */
export const recorder = (): Recorder | null => current

/** Makes a recording the one under way, or ends it. */
export function setRecorder(next: Recorder | null): void {
  current = next
}

/** Whether a recording is under way. */
export const isRecording = (): boolean => current !== null

/** Something has been done that a replay could not do again: the recording under way, if there is one, comes to nothing. */
export const refuseReplay = (obstacle: string): void => current?.refuse(obstacle)
