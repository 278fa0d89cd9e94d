import { CALL_NUMBERS, MOST_TILES, TABLE_AT, words } from './control.ts'

/** Numbers of one call. */
export type Tile = readonly number[]

/** Claims tiles of the current job and carries them out: on the thread that asks as on its workers. */
export class TileRunner {
  /** The words of the control block, as {@link words} names them. */
  readonly words: Int32Array
  /** The calls of a job, by tile. */
  readonly table: Float64Array
  readonly #functions: ((...numbers: number[]) => unknown)[]
  readonly #learn: () => readonly ((...numbers: number[]) => unknown)[]
  readonly #numbers: number[] = []
  #last = 0

  /**
   * @param control address of the control block
   * @param functions by the numbers under which calls name them
   * @param learn gives the functions of modules that have come since it was asked last, which follow in number
   */
  constructor(
    memory: WebAssembly.Memory,
    control: number,
    functions: readonly ((...numbers: number[]) => unknown)[],
    learn: () => readonly ((...numbers: number[]) => unknown)[],
  ) {
    // These stay valid when the memory grows: shared memory is never detached.
    this.words = new Int32Array(memory.buffer, control, TABLE_AT / 4)
    this.table = new Float64Array(memory.buffer, control + TABLE_AT, MOST_TILES * CALL_NUMBERS)
    this.#functions = [...functions]
    this.#learn = learn
  }

  /** What `published` was when {@link run} found no tile left. */
  get last(): number {
    return this.#last
  }

  /** Carries out tiles until none is left to claim; returns how many. */
  run(): number {
    const [shared, table, numbers] = [this.words, this.table, this.#numbers]
    let taken = 0
    for (;;) {
      // `published` is read after `claimed`, each time: it may have grown meanwhile.
      const next = Atomics.load(shared, words.claimed)
      const last = Atomics.load(shared, words.published)
      if (next === last) {
        this.#last = last
        return taken
      }
      if (Atomics.compareExchange(shared, words.claimed, next, (next + 1) | 0) !== next) continue
      const at = ((next - shared[words.first]) | 0) * CALL_NUMBERS
      numbers.length = table[at + 1]
      for (let i = 0; i < numbers.length; i++) numbers[i] = table[at + 2 + i]
      try {
        if (table[at] >= this.#functions.length) this.#functions.push(...this.#learn())
        this.#functions[table[at]](...numbers)
      } catch {
        Atomics.store(shared, words.failed, 1)
      }
      Atomics.add(shared, words.finished, 1)
      if (Atomics.load(shared, words.awaited) === 1) Atomics.notify(shared, words.finished)
      taken++
    }
  }
}
