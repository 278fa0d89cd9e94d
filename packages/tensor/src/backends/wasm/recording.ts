import type { BackendRecording } from '../../backend.ts'
import type { Heap } from './heap.ts'
import type { Module, WasmFunction } from './module.ts'

/** Runs work that a kernel does on the memory from JavaScript, and notes it where a recording is under way. */
export type Effect = (effect: () => void) => void

/** Runs the work, and notes nothing. */
export const atOnce: Effect = (effect) => effect()

interface Entry {
  readonly call: WasmFunction
  readonly numbers: readonly number[]
}

/** Notes the calls of a module for a recording: its `module` and `effect` do their work and note it. */
export class Log {
  readonly module: Module
  readonly effect: Effect
  #entries: Entry[] = []

  constructor(module: Module) {
    this.module = this.noting(module)
    this.effect = (effect) => {
      this.#entries.push({ call: effect as unknown as WasmFunction, numbers: [] })
      effect()
    }
  }

  /** A module whose calls are noted while they do their work. */
  noting(module: Module): Module {
    const noted =
      (call: WasmFunction): WasmFunction =>
      (...numbers) => {
        this.#entries.push({ call: call.settle?.(numbers) ?? call, numbers })
        return call(...numbers)
      }
    return Object.fromEntries(
      Object.entries(module).map(([name, call]) => [name, typeof call === 'function' ? noted(call) : call]),
    )
  }

  /** Begins a recording; the function that is returned ends it. Blocks released meanwhile are held for its replays. */
  start(heap: Heap): () => BackendRecording {
    this.#entries = []
    const letGo = heap.hold()
    return () => {
      const entries = this.#entries
      const held = letGo()
      return {
        calls: entries.length,
        replay() {
          for (const { call, numbers } of entries) call(...numbers)
        },
        within: (f) => heap.within(held, f),
        get isWhole() {
          return held.isWhole
        },
        dispose() {
          for (const block of held.empty()) heap.release(block)
        },
      }
    }
  }
}
