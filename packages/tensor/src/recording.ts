import type { BackendRecording } from './backend.ts'
import { activeBackend } from './engine.ts'
import type { KeyName } from './random/derive.ts'
import type { Key } from './random/key.ts'
import { ConcreteTensor, type Root, type Tensor } from './tensor.ts'

/** Draws the numbers of a tensor that was made while recording anew, in their place, for another step. */
export type Draw = (key: Key) => void

/** What a step does, gathered while it runs once the ordinary way. */
export class Recorder {
  readonly step: Key
  readonly #draws: { readonly path: readonly KeyName[]; readonly draw: Draw }[] = []
  /** What the step made, and of it and of what was there before what the recording holds. */
  readonly #made = new Set<Root>()
  readonly #views = new Set<ConcreteTensor>()
  readonly #held = new Set<Root>()
  #isExpected = false
  /** Why the step cannot be replayed; the first reason. */
  obstacle: string | null = null

  constructor(step: Key) {
    this.step = step
  }

  /** A draw from the key that a path leads to from the step's is made anew in every replay. */
  drawn(path: readonly KeyName[], draw: Draw): void {
    this.#draws.push({ path, draw })
  }

  /** What the step makes keeps its place whether it is released or not. */
  makes(root: Root): void {
    this.#made.add(root)
  }

  /** A view made in the step, perhaps of what was there before. */
  views(view: ConcreteTensor): void {
    this.#views.add(view)
  }

  /** What a kernel reads must outlive the recording. */
  uses(inputs: readonly ConcreteTensor[]): void {
    for (const { root } of inputs) if (!this.#made.has(root)) this.#hold(root)
  }

  /** The step has been run: what is left of it stays. */
  end(): void {
    for (const view of this.#views) if (view.released) this.#views.delete(view)
    for (const root of this.#made) {
      if (root.users > 0) this.#hold(root)
      else this.#made.delete(root)
    }
  }

  made(t: Tensor): boolean {
    return t instanceof ConcreteTensor && (this.#made.has(t.root) || this.#views.has(t))
  }

  #hold(root: Root): void {
    if (this.#held.has(root)) return
    this.#held.add(root)
    root.users++
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

  redraw(step: Key): void {
    for (const { path, draw } of this.#draws) draw(step.child(...path))
  }

  release(): void {
    for (const root of this.#held) root.leave()
    this.#held.clear()
  }
}

let current: Recorder | null = null

/** The recording under way. */
export const recorder = (): Recorder | null => current

export const isRecording = (): boolean => current !== null

/** Something has been done that a replay could not do again: the recording under way, if there is one, comes to nothing. */
export const refuseReplay = (obstacle: string): void => current?.refuse(obstacle)

/** A step that can be done again without any JavaScript of its ops. */
export interface Recording<T> {
  /** Its tensors hold the numbers of the last replay. */
  readonly result: T
  /** Calls of kernels in a replay. */
  readonly calls: number
  /** Whether the recorded function made a tensor that is left, or found it. */
  made(t: Tensor): boolean
  /** Computes the step again: whatever was drawn from keys below the recorded step's is drawn from those below `step`. */
  replay(step: Key): void
  /**
   * Runs `f` in the memory that a replay needs besides its result. The next replay overwrites what is left there: see {@link isWhole}.
   */
  within<T>(f: () => T): T
  /** Whether everything made within its memory has been released: if not, it must not be replayed again. */
  readonly isWhole: boolean
  dispose(): void
}

/** Either a recording, or the result of the ordinary run and why it cannot be replayed. */
export type Recorded<T> =
  | { readonly recording: Recording<T>; readonly obstacle: null; readonly result: T }
  | { readonly recording: null; readonly obstacle: string; readonly result: T }

/**
 * Runs `f` once and records what the backend does (DESIGN 14). Nothing in `f` may read numbers, and what varies from step to
 * step must come from tensors that keep their place or from keys below `step`: anything else is taken as it is now.
 *
 * Everything made in `f` stays in its place until the recording is disposed of.
 */
export function record<T>(step: Key, f: () => T): Recorded<T> {
  const backend = activeBackend('record')
  if (backend.record === undefined)
    return { recording: null, obstacle: `the backend '${backend.name}' does not record`, result: f() }
  if (current !== null) return { recording: null, obstacle: 'another recording is under way', result: f() }
  const mine = new Recorder(step)
  current = mine
  let stop: (() => BackendRecording) | undefined = backend.record()
  try {
    const result = f()
    const steps = stop()
    stop = undefined
    mine.end()
    if (mine.obstacle !== null) {
      mine.release()
      steps.dispose()
      return { recording: null, obstacle: mine.obstacle, result }
    }
    return { recording: recordingOf(mine, steps, result), obstacle: null, result }
  } finally {
    current = null
    if (stop !== undefined) {
      mine.release()
      stop().dispose()
    }
  }
}

const recordingOf = <T>(mine: Recorder, steps: BackendRecording, result: T): Recording<T> => ({
  result,
  calls: steps.calls,
  made: (t) => mine.made(t),
  replay(step) {
    mine.redraw(step)
    steps.replay()
  },
  within: (f) => steps.within(f),
  get isWhole() {
    return steps.isWhole
  },
  dispose() {
    steps.dispose()
    mine.release()
  },
})
