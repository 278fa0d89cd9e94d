import { activeBackend } from './active-backend.ts'
import type { BackendRecording } from './backend.ts'
import type { Key } from './random/key.ts'
import { isRecording, Recorder, setRecorder } from './recorder.ts'
import type { Tensor } from './tensor.ts'

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
 * Runs `f` once and records what the backend does (docs/architecture.md 6). Nothing in `f` may read numbers, and what varies
 * from step to step must come from tensors that keep their place or from keys below `step`: anything else is taken as it is
 * now.
 *
 * Everything made in `f` stays in its place until the recording is disposed of.
 */
export function record<T>(step: Key, f: () => T): Recorded<T> {
  const backend = activeBackend('record')
  if (backend.record === undefined)
    return { recording: null, obstacle: `the backend '${backend.name}' does not record`, result: f() }
  if (isRecording()) return { recording: null, obstacle: 'another recording is under way', result: f() }
  const mine = new Recorder(step)
  setRecorder(mine)
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
    setRecorder(null)
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
