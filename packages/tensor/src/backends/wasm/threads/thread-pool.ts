import { type Heap, SCRATCH_BYTES } from '../heap.ts'
import type { Module } from '../module.ts'
import { BackOff } from './back-off.ts'
import { CALL_NUMBERS, CONTROL_BYTES, MOST_TILES, SPINS, TABLE_AT, words } from './control.ts'
import { type StartedWorker, startWorker } from './worker.ts'

/** Numbers of one call. */
export type Tile = readonly number[]

/** Threads that carry out calls of the module side by side with the one that asks. */
export class ThreadPool {
  readonly #words: Int32Array
  readonly #table: Float64Array
  readonly #functions: readonly ((...numbers: number[]) => number)[]
  readonly #numbers: number[] = []
  readonly #mayWait: boolean
  readonly #startAll: () => Promise<StartedWorker[]>
  #workers: readonly StartedWorker[] = []
  #starting: Promise<void> | null = null
  #ending: Promise<unknown> = Promise.resolve()
  readonly #backOff = new BackOff()

  /**
   * @param module instances of `modules` for this thread
   * @param names functions that jobs may call; their places are their numbers
   */
  constructor(
    heap: Heap,
    module: Module,
    modules: readonly WebAssembly.Module[],
    names: readonly string[],
    threads: number,
  ) {
    const { memory } = heap
    const control = heap.allocate('bool', CONTROL_BYTES).pointer
    const scratches = Array.from({ length: threads - 1 }, () => heap.allocate('bool', SCRATCH_BYTES).pointer)
    // These stay valid when the memory grows: shared memory is never detached.
    this.#words = new Int32Array(memory.buffer, control, TABLE_AT / 4)
    this.#table = new Float64Array(memory.buffer, control + TABLE_AT, MOST_TILES * CALL_NUMBERS)
    this.#functions = names.map((name) => module[name])
    this.#mayWait = mayWait(this.#words)
    this.#startAll = () =>
      Promise.all(scratches.map((scratch) => startWorker({ memory, modules, names, control, scratch })))
  }

  /** Whether a job is worth forking now. */
  get isReady(): boolean {
    return this.#workers.length > 0 && this.#backOff.isOver
  }

  /** @throws Error where threads cannot be started. */
  start(): Promise<void> {
    this.#starting ??= this.#ending.then(this.#startAll).then(
      (workers) => {
        this.#workers = workers
      },
      (error) => {
        this.#starting = null
        throw error
      },
    )
    return this.#starting
  }

  /** Ends the workers: calls are then carried out by the thread that asks alone. */
  stop(): void {
    const workers = this.#workers
    this.#workers = []
    this.#starting = null
    Atomics.add(this.#words, words.ended, 1)
    Atomics.notify(this.#words, words.published)
    this.#ending = Promise.all(workers.map((worker) => worker.ended()))
  }

  /**
   * Calls function number `call` once for each tile, by whichever thread comes first, and returns when all are done.
   *
   * @param tiles at most {@link MOST_TILES}; none may read what another writes
   */
  run(call: number, tiles: readonly Tile[]): void {
    const [shared, table] = [this.#words, this.#table]
    for (let t = 0, at = 0; t < tiles.length; t++, at += CALL_NUMBERS) {
      const numbers = tiles[t]
      table[at] = call
      table[at + 1] = numbers.length
      for (let i = 0; i < numbers.length; i++) table[at + 2 + i] = numbers[i]
    }
    const begun = performance.now()
    const first = Atomics.load(shared, words.published)
    const last = (first + tiles.length) | 0
    Atomics.store(shared, words.first, first)
    Atomics.store(shared, words.published, last)
    if (Atomics.load(shared, words.asleep) > 0) Atomics.notify(shared, words.published, tiles.length - 1)
    const mine = performance.now()
    const taken = this.#take(last)
    const alone = taken === 0 ? Infinity : ((performance.now() - mine) * tiles.length) / taken
    this.#await(last)
    this.#backOff.after(begun, alone)
    if (Atomics.exchange(shared, words.failed, 0) === 1)
      throw new Error('wasm: a thread failed in the middle of a kernel')
  }

  /** Carries out tiles until none is left to claim; returns how many. */
  #take(last: number): number {
    const [shared, table, numbers] = [this.#words, this.#table, this.#numbers]
    const first = shared[words.first]
    let taken = 0
    for (;;) {
      const next = Atomics.load(shared, words.claimed)
      if (next === last) return taken
      if (Atomics.compareExchange(shared, words.claimed, next, (next + 1) | 0) !== next) continue
      const at = ((next - first) | 0) * CALL_NUMBERS
      numbers.length = table[at + 1]
      for (let i = 0; i < numbers.length; i++) numbers[i] = table[at + 2 + i]
      try {
        this.#functions[table[at]](...numbers)
      } catch {
        Atomics.store(shared, words.failed, 1)
      }
      Atomics.add(shared, words.finished, 1)
      taken++
    }
  }

  /** Waits for tiles in flight on other threads. */
  #await(last: number): void {
    const shared = this.#words
    let spins = 0
    while (Atomics.load(shared, words.finished) !== last) {
      if (++spins < SPINS || !this.#mayWait) continue
      // The thread waited for may need this very core.
      Atomics.store(shared, words.awaited, 1)
      const finished = Atomics.load(shared, words.finished)
      if (finished !== last) Atomics.wait(shared, words.finished, finished, 10)
      Atomics.store(shared, words.awaited, 0)
    }
  }
}

/** Whether this thread may sleep: a window's main thread may not. */
function mayWait(shared: Int32Array): boolean {
  try {
    Atomics.wait(shared, words.awaited, 0, 0)
    return true
  } catch {
    return false
  }
}
