import { type Heap, SCRATCH_BYTES } from '../heap.ts'
import type { Module, WasmFunction } from '../module.ts'
import { BackOff } from './back-off.ts'
import { CALL_NUMBERS, CONTROL_BYTES, MOST_MODULES, SPINS, words } from './control.ts'
import { type Tile, TileRunner } from './tile-runner.ts'
import { version } from './worker.generated.ts'
import { type StartedWorker, startWorker, type WorkerFile } from './worker.ts'

/** Threads that carry out calls of the module side by side with the one that asks. */
export class ThreadPool {
  readonly #runner: TileRunner
  readonly #mayWait: boolean
  readonly #startAll: (file: WorkerFile | undefined) => Promise<StartedWorker>[]
  #workers: readonly StartedWorker[] = []
  #starting: Promise<void> | null = null
  #ending: Promise<unknown> = Promise.resolve()
  readonly #backOff = new BackOff()
  /** How many functions jobs may call, and those that this thread has yet to learn of. */
  #functions: number
  readonly #later: WasmFunction[] = []

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
    const functions = names.map((name) => module[name])
    this.#functions = functions.length
    this.#runner = new TileRunner(memory, control, functions, () => this.#later.splice(0))
    this.#mayWait = mayWait(this.#runner.words)
    this.#startAll = (file) =>
      scratches.map((scratch) => startWorker({ memory, modules, names, control, scratch, version }, file))
  }

  /** Whether a job is worth forking now. */
  get isReady(): boolean {
    return this.#workers.length > 0 && this.#backOff.isOver
  }

  /**
   * @param file where workers find their program, if they may not start from a text
   * @throws Error where threads cannot be started.
   */
  start(file?: WorkerFile): Promise<void> {
    this.#starting ??= this.#ending
      .then(() => Promise.allSettled(this.#startAll(file)))
      .then((started) => {
        this.#workers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
        const failed = started.find((one) => one.status === 'rejected')
        if (failed === undefined) return
        this.stop()
        throw failed.reason
      })
    return this.#starting
  }

  /**
   * Lets jobs call the functions of a module that comes later. Workers wait for work and hear nothing else, so that its bytes are left in the memory,
   * where a worker that is given a function it does not know finds them.
   *
   * @returns the number of each function by its name
   */
  adopt(
    heap: Heap,
    bytes: Uint8Array,
    names: readonly string[],
    module: Module,
  ): Readonly<Record<string, number>> {
    const { words: shared } = this.#runner
    const modules = Atomics.load(shared, words.modules)
    if (modules === MOST_MODULES) throw new Error(`wasm: threads have room for ${MOST_MODULES} modules`)
    const { pointer } = heap.allocate('bool', bytes.length)
    new Uint8Array(heap.memory.buffer, pointer, bytes.length).set(bytes)
    shared.set([pointer, bytes.length], words.moduleAt + 2 * modules)
    Atomics.store(shared, words.modules, modules + 1)
    this.#later.push(...names.map((name) => module[name]))
    const first = this.#functions
    this.#functions += names.length
    return Object.fromEntries(names.map((name, i) => [name, first + i]))
  }

  /** Ends the workers: calls are then carried out by the thread that asks alone. */
  stop(): void {
    const workers = this.#workers
    this.#workers = []
    this.#starting = null
    Atomics.add(this.#runner.words, words.ended, 1)
    Atomics.notify(this.#runner.words, words.published)
    this.#ending = Promise.all(workers.map((worker) => worker.ended()))
  }

  /**
   * Calls function number `call` once for each tile, by whichever thread comes first, and returns when all are done.
   *
   * @param tiles at most `MOST_TILES`; none may read what another writes
   */
  run(call: number, tiles: readonly Tile[]): void {
    const { words: shared, table } = this.#runner
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
    const taken = this.#runner.run()
    const alone = taken === 0 ? Infinity : ((performance.now() - mine) * tiles.length) / taken
    this.#await(last)
    this.#backOff.after(begun, alone)
    if (Atomics.exchange(shared, words.failed, 0) === 1)
      throw new Error('wasm: a thread failed in the middle of a kernel')
  }

  /** Waits for tiles in flight on other threads. */
  #await(last: number): void {
    const shared = this.#runner.words
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
